"""Kinds and states of a case, and what may happen to it. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tiepdan.kernel.flow import Flow

CROWD = 5  # «đoàn đông người» from this many people on (Điều 29 Luật Tiếp công dân)

# Fields of Biểu 01/TCD, as the list filters them.
FIELDS: tuple[str, ...] = (
    "Đất đai",
    "Nhà ở, tài sản",
    "Chế độ, chính sách",
    "Môi trường",
    "Xây dựng, giao thông",
    "Hành chính khác",
    "Tư pháp",
    "Tham nhũng, tiêu cực",
    "Khác",
)


class Kind(StrEnum):
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    RECOMMENDATION = "recommendation"
    FEEDBACK = "feedback"


KIND_LABELS: Mapping[str, str] = {
    Kind.COMPLAINT: "Khiếu nại",
    Kind.DENUNCIATION: "Tố cáo",
    Kind.RECOMMENDATION: "Kiến nghị",
    Kind.FEEDBACK: "Phản ánh",
}


class Standing(StrEnum):
    """In whose name somebody speaks (Điều 12, Điều 13 NĐ 154/2026)."""

    SELF = "self"
    HEAD = "head"  # head of an organisation
    REPRESENTATIVE = "representative"
    PROXY = "proxy"
    LAWYER = "lawyer"
    LEGAL_AID = "legal_aid"


STANDING_LABELS: Mapping[str, str] = {
    Standing.SELF: "Bản thân",
    Standing.HEAD: "Người đứng đầu cơ quan, tổ chức",
    Standing.REPRESENTATIVE: "Người đại diện theo pháp luật",
    Standing.PROXY: "Người được ủy quyền",
    Standing.LAWYER: "Luật sư",
    Standing.LEGAL_AID: "Trợ giúp viên pháp lý",
}


class Paper(StrEnum):
    """The identity paper that was shown (khoản 1 Điều 12 NĐ 154/2026)."""

    CITIZEN_ID = "citizen_id"
    CERTIFICATE = "certificate"
    PERSONAL_NUMBER = "personal_number"
    PASSPORT = "passport"
    LATER = "later"


PAPER_LABELS: Mapping[str, str] = {
    Paper.CITIZEN_ID: "Căn cước",
    Paper.CERTIFICATE: "Giấy chứng nhận căn cước",
    Paper.PERSONAL_NUMBER: "Số định danh cá nhân",
    Paper.PASSPORT: "Hộ chiếu",
    Paper.LATER: "Bổ sung sau",
}


class Condition(StrEnum):
    ORIGINAL = "original"
    COPY = "copy"
    CERTIFIED = "certified"


CONDITION_LABELS: Mapping[str, str] = {
    Condition.ORIGINAL: "Bản chính",
    Condition.COPY: "Bản phô tô",
    Condition.CERTIFIED: "Bản sao công chứng",
}


class ItemKind(StrEnum):
    """What a paper in the dossier is; grounds and refusals ask for some of them."""

    PETITION = "petition"
    STATEMENT = "statement"  # what the citizen said, written down, read back and signed
    EVIDENCE = "evidence"
    DECISION = "decision"  # an earlier decision or answer
    REVIEW = "review"  # written check and review (khoản 3 Điều 9 Luật Tiếp công dân)
    NOTICE = "notice"  # written notice of that
    AUTHORIZATION = "authorization"
    GROUP_PAPER = "group_paper"  # who represents the group, signed by all
    REPORT = "report"  # of the advising agency
    OPINION = "opinion"  # of an agency concerned
    OTHER = "other"


ITEM_LABELS: Mapping[str, str] = {
    ItemKind.PETITION: "Đơn",
    ItemKind.STATEMENT: "Bản ghi lời trình bày",
    ItemKind.EVIDENCE: "Tài liệu, chứng cứ",
    ItemKind.DECISION: "Văn bản đã giải quyết",
    ItemKind.REVIEW: "Văn bản kiểm tra, rà soát",
    ItemKind.NOTICE: "Văn bản thông báo kết quả rà soát",
    ItemKind.AUTHORIZATION: "Văn bản ủy quyền, giấy chứng minh tư cách",
    ItemKind.GROUP_PAPER: "Văn bản cử người đại diện",
    ItemKind.REPORT: "Báo cáo của cơ quan tham mưu",
    ItemKind.OPINION: "Ý kiến cơ quan liên quan",
    ItemKind.OTHER: "Tài liệu khác",
}


class State(StrEnum):
    RECEIVED = "received"
    SCREENING = "screening"
    INCOMPLETE = "incomplete"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    DECLINED = "declined"
    REFUSED = "refused"
    GUIDED = "guided"
    TRANSFERRED = "transferred"
    PLANNED = "planned"
    HEARD = "heard"
    CONCLUDED = "concluded"
    CLOSED = "closed"


STATE_LABELS: Mapping[str, str] = {
    State.RECEIVED: "Mới tiếp nhận",
    State.SCREENING: "Đang sàng lọc",
    State.INCOMPLETE: "Chờ bổ sung",
    State.PROPOSED: "Đã trình",
    State.APPROVED: "Đã đồng ý tiếp trực tuyến",
    State.RETURNED: "Trả lại",
    State.DECLINED: "Không đồng ý",
    State.REFUSED: "Từ chối tiếp",
    State.GUIDED: "Đã hướng dẫn",
    State.TRANSFERRED: "Đã chuyển đơn",
    State.PLANNED: "Đã xếp buổi tiếp",
    State.HEARD: "Đã tiếp",
    State.CONCLUDED: "Đã có kết luận",
    State.CLOSED: "Kết thúc theo dõi",
}

# While the clerk still prepares it: everything may be edited.
OPEN_STATES: tuple[str, ...] = (State.RECEIVED, State.SCREENING, State.INCOMPLETE, State.RETURNED, State.DECLINED)
# A group may choose who speaks for it until it is heard (khoản 4 Điều 22 NĐ 154/2026), but not while the head decides.
REPRESENTED_IN: tuple[str, ...] = (*OPEN_STATES, State.APPROVED, State.PLANNED)
# Nothing of the petition waits any more: the clocks stand still.
FINISHED: tuple[str, ...] = (
    State.REFUSED,
    State.GUIDED,
    State.TRANSFERRED,
    State.HEARD,
    State.CONCLUDED,
    State.CLOSED,
)
# Finished at the desk, but the citizen still hears of it in writing (điểm c, d khoản 1 Điều 28 Luật Tiếp công dân).
UNTOLD: tuple[str, ...] = (State.TRANSFERRED, State.REFUSED)
_DECIDABLE = (State.RECEIVED, State.SCREENING, State.INCOMPLETE, State.RETURNED, State.DECLINED)

CASE = Flow(
    name="case",
    states=STATE_LABELS,
    table={
        (State.RECEIVED, "screen"): State.SCREENING,
        (State.RECEIVED, "ask"): State.INCOMPLETE,
        (State.SCREENING, "ask"): State.INCOMPLETE,
        (State.INCOMPLETE, "complete"): State.SCREENING,
        **{(old, "submit"): State.PROPOSED for old in (State.RECEIVED, State.SCREENING, State.RETURNED)},
        (State.PROPOSED, "approve"): State.APPROVED,
        (State.PROPOSED, "return"): State.RETURNED,
        (State.PROPOSED, "decline"): State.DECLINED,
        (State.PROPOSED, "withdraw"): State.SCREENING,
        **{(old, "refuse"): State.REFUSED for old in _DECIDABLE},
        **{(old, "guide"): State.GUIDED for old in _DECIDABLE},
        **{(old, "transfer"): State.TRANSFERRED for old in _DECIDABLE},
        (State.APPROVED, "plan"): State.PLANNED,
        (State.PLANNED, "unplan"): State.APPROVED,
        (State.PLANNED, "hear"): State.HEARD,
        (State.HEARD, "conclude"): State.CONCLUDED,
        **{
            (old, "close"): State.CLOSED
            for old in (State.CONCLUDED, State.DECLINED, State.REFUSED, State.GUIDED, State.TRANSFERRED)
        },
    },
)


class RefusalState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"  # explained orally, or the notice 01/TCD is issued
    DROPPED = "dropped"  # a draft that came to nothing


REFUSAL_LABELS: Mapping[str, str] = {
    RefusalState.DRAFT: "Dự thảo",
    RefusalState.SUBMITTED: "Đã trình ký",
    RefusalState.RETURNED: "Trả lại",
    RefusalState.DONE: "Đã từ chối",
    RefusalState.DROPPED: "Đã bỏ",
}

REFUSAL = Flow(
    name="refusal",
    states=REFUSAL_LABELS,
    table={
        (RefusalState.DRAFT, "explain"): RefusalState.DONE,
        (RefusalState.DRAFT, "submit"): RefusalState.SUBMITTED,
        (RefusalState.RETURNED, "submit"): RefusalState.SUBMITTED,
        (RefusalState.DRAFT, "drop"): RefusalState.DROPPED,
        (RefusalState.RETURNED, "drop"): RefusalState.DROPPED,
        (RefusalState.SUBMITTED, "return"): RefusalState.RETURNED,
        (RefusalState.SUBMITTED, "issue"): RefusalState.DONE,
    },
)
