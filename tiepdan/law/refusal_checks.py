"""Whether a refusal stands on its ground: Điều 9 Luật Tiếp công dân 2013, Điều 4 NĐ 154/2026. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tiepdan.law.sections import RefusalGround

RECEIVED_BEFORE = "received_before"

EVASION = "Không được từ chối để né tránh trách nhiệm: phải nêu sự việc cụ thể."
SAID_MISSING = (
    "Phải ghi lời đã giải thích: người tiếp công dân trực tiếp giải thích cho công dân biết lý do từ chối "
    "(khoản 2 Điều 4 NĐ 154/2026)."
)
# How the papers are called in this sentence of Điều 9; the dossier has longer names for them.
PROOF_WORDS: Mapping[str, str] = {
    "review": "văn bản kiểm tra, rà soát",
    "notice": "văn bản thông báo",
    RECEIVED_BEFORE: "lần tiếp, giải thích trước",
}
_NUMBERS = {1: "một", 2: "hai", 3: "ba", 4: "bốn"}


def wanted(ground: RefusalGround) -> tuple[str, ...]:
    """Everything that must be proved: kinds of paper, then facts."""
    return (*ground.proofs, *ground.facts)


def reason_problem(reason: str, least: int) -> str:
    """`least`: `refusing.least_reason` of the profile (practice, on khoản 4 Điều 4 NĐ 154/2026)."""
    return EVASION if len(reason.strip()) < least else ""


def kind_problem(ground: RefusalGround, kind: str, kind_label: str) -> str:
    """L9.3 is for complaints and denunciations, N4.h for recommendations and feedback …"""
    if not ground.kinds or kind in ground.kinds:
        return ""
    return (
        f"Căn cứ {ground.code} không áp dụng cho vụ việc {kind_label.lower()} ({ground.article}). Hãy chọn căn cứ khác."
    )


def proof_problem(
    ground: RefusalGround, papers: Collection[str], labels: Mapping[str, str], *, was_received: bool
) -> str:
    """`papers`: kinds of dossier item that were attached; `labels`: their names. Empty when nothing is missing."""
    missing = [one for one in wanted(ground) if (not was_received if one == RECEIVED_BEFORE else one not in papers)]
    if not missing:
        return ""

    def word(code: str) -> str:
        return PROOF_WORDS.get(code) or labels.get(code, code)

    def listed(codes: Collection[str]) -> str:
        return "; ".join(word(code) for code in codes)

    number = _NUMBERS.get(len(wanted(ground)), str(len(wanted(ground))))
    if len(wanted(ground)) == 1:
        return f"Căn cứ {ground.code} cần {word(wanted(ground)[0])} ({ground.article}). Hãy bổ sung ở tab «Hồ sơ»."
    return f"Căn cứ {ground.code} cần đủ {number} tài liệu: {listed(wanted(ground))}. Còn thiếu: {listed(missing)}."
