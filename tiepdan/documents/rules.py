"""States of a paper. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tiepdan.kernel.flow import Flow


class State(StrEnum):
    DRAFT = "draft"
    NUMBERED = "numbered"
    ISSUED = "issued"
    REPLACED = "replaced"  # a newer paper stands in its place
    DROPPED = "dropped"  # a draft that nobody needs


STATE_LABELS: Mapping[str, str] = {
    State.DRAFT: "Dự thảo",
    State.NUMBERED: "Đã cấp số",
    State.ISSUED: "Đã phát hành",
    State.REPLACED: "Đã được thay thế",
    State.DROPPED: "Đã bỏ",
}

DOCUMENT = Flow(
    name="document",
    states=STATE_LABELS,
    table={
        (State.DRAFT, "number"): State.NUMBERED,
        (State.DRAFT, "issue"): State.ISSUED,  # only kinds that carry no number
        (State.DRAFT, "drop"): State.DROPPED,
        (State.NUMBERED, "issue"): State.ISSUED,
        (State.NUMBERED, "replace"): State.REPLACED,
        (State.ISSUED, "replace"): State.REPLACED,
    },
)

CURRENT = (State.DRAFT, State.NUMBERED, State.ISSUED)
COMMON_BOOK = "chung"


def symbol(abbreviation: str, suffix: str) -> str:
    """«GM-UBND»; hyphen between the groups, no space (điểm c khoản 3 Mục II Phần I Phụ lục I NĐ 30/2020)."""
    return f"{abbreviation}-{suffix}".strip("-") if abbreviation else ""


def number_text(number: int | None, symbol: str) -> str:
    """«05/GM-UBND»: a number below 10 gets a 0; room to write it by hand while there is none."""
    if not symbol:
        return ""
    return f"{number:02d}/{symbol}" if number is not None else f"{BLANK}/{symbol}"


def date_text(day: date | None, on: date) -> str:
    """«ngày 07 tháng 02 năm 2026»: a 0 before days below 10 and before January and February only
    (điểm b khoản 4 Mục II Phần I Phụ lục I NĐ 30/2020). Without a day: month and year of `on`, the day left open."""
    shown = day or on
    month = f"{shown.month:02d}" if shown.month < 3 else str(shown.month)
    figure = f"{day.day:02d}" if day else BLANK[:4]
    return f"ngày {figure} tháng {month} năm {shown.year}"


BLANK = "\u00a0" * 6  # what is left open for the pen; plain spaces would be swallowed by Word


def number_problem(dated: date, today: date, newest: date | None) -> str:
    """Why no number is given for this date; "" when nothing speaks against it.

    `newest` is the date of the newest number of the book in the year of `dated`.
    """
    if dated > today:
        return f"Không cấp số cho ngày {dated:%d/%m/%Y}: ngày văn bản không được sau hôm nay ({today:%d/%m/%Y})."
    if dated.year < today.year:
        return (
            f"Sổ văn bản năm {dated.year} đã khóa: số văn bản bắt đầu lại từ 01 mỗi năm (Điều 15 NĐ 30/2020). "
            f"Hãy chọn ngày từ 01/01/{today.year}."
        )
    if newest is not None and dated < newest:
        return (
            f"Không cấp số lùi ngày: số mới nhất của sổ đã ghi ngày {newest:%d/%m/%Y}. "
            f"Hãy chọn ngày từ {newest:%d/%m/%Y} trở đi."
        )
    return ""


@dataclass(frozen=True)
class Standing:
    """What decides which buttons of a paper work."""

    state: str
    is_numbered_kind: bool
    has_pdf: bool
    is_pdf_due: bool
    is_signed: bool
    office: str = ""  # why this server makes no PDF
    may_write: bool = True


READ_ONLY = "Bạn chỉ được xem văn bản này."


def reasons(at: Standing) -> dict[str, str]:
    """For each button of the page why it would be refused; "" when it works."""
    over = "" if at.state in CURRENT else f"Văn bản {STATE_LABELS[at.state].lower()}."
    draft = "" if at.state == State.DRAFT else f"Văn bản {STATE_LABELS[at.state].lower()}."
    unnumbered = at.is_numbered_kind and at.state == State.DRAFT
    found = {
        "number": draft if at.is_numbered_kind else "Loại văn bản này không đánh số.",
        "pdf": over or at.office or ("Đã có PDF." if at.has_pdf else "Đang tạo PDF." if at.is_pdf_due else ""),
        "edited": over
        or ("Văn bản đã phát hành; hãy lập bản thay thế." if at.state == State.ISSUED else "")
        or ("Đã có bản ký số; hãy lập bản thay thế." if at.is_signed else ""),
        "signed": over
        or ("Cấp số trước khi ký." if unnumbered else "")
        or ("" if at.has_pdf else "Chưa có PDF để đối chiếu với bản ký."),
        "issue": over
        or ("Đã phát hành." if at.state == State.ISSUED else "")
        or ("Chưa cấp số." if unnumbered else ""),
        "again": over,
        "drop": draft and f"{draft} Số đã cấp không bỏ được; hãy lập bản thay thế.",
    }
    return found if at.may_write else dict.fromkeys(found, READ_ONLY)
