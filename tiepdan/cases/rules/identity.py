"""Who somebody is and how much of it is shown: identity papers, proofs of standing, masks. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from tiepdan.cases.rules import Paper, Standing

NO_PAPER = (
    "Chưa có số căn cước, số định danh hoặc hộ chiếu (Điều 12 NĐ 154/2026). "
    "Nếu công dân không mang theo, chọn «Bổ sung sau» và ghi lý do."
)
NO_REASON = "Chọn «Bổ sung sau» thì phải ghi lý do công dân chưa có giấy tờ."
NO_PROXY = "Người được ủy quyền phải có văn bản ủy quyền hợp pháp."

_TWELVE = "phải có đúng 12 chữ số"
_FORMATS: Mapping[str, tuple[re.Pattern[str], str]] = {
    Paper.CITIZEN_ID: (re.compile(r"[0-9]{12}"), f"Số căn cước {_TWELVE}."),
    Paper.CERTIFICATE: (re.compile(r"[0-9]{12}"), f"Số giấy chứng nhận căn cước {_TWELVE}."),
    Paper.PERSONAL_NUMBER: (re.compile(r"[0-9]{12}"), f"Số định danh cá nhân {_TWELVE}."),
    Paper.PASSPORT: (re.compile(r"[A-Z][0-9]{7,8}"), "Số hộ chiếu gồm một chữ cái và 7 hoặc 8 chữ số."),
}
_PROOFS: Mapping[str, str] = {
    Standing.PROXY: NO_PROXY,
    Standing.REPRESENTATIVE: "Người đại diện phải xuất trình giấy tờ chứng minh việc đại diện "
    "(khoản 2 Điều 13 NĐ 154/2026).",
    Standing.LAWYER: "Luật sư phải có giấy yêu cầu giúp đỡ về pháp luật hoặc giấy ủy quyền của người khiếu nại "
    "(khoản 3 Điều 13 NĐ 154/2026).",
    Standing.LEGAL_AID: "Trợ giúp viên pháp lý phải có quyết định phân công trợ giúp pháp lý, giấy yêu cầu giúp đỡ "
    "hoặc giấy ủy quyền (khoản 3 Điều 13 NĐ 154/2026).",
}
_CARDS: Mapping[str, str] = {
    Standing.LAWYER: "Chưa nhập số thẻ luật sư (khoản 3 Điều 13 NĐ 154/2026).",
    Standing.LEGAL_AID: "Chưa nhập số thẻ trợ giúp viên pháp lý (khoản 3 Điều 13 NĐ 154/2026).",
}


def tidy_number(raw: str) -> str:
    """As typed, without spaces, dots and dashes; letters large."""
    return re.sub(r"[\s.\-]", "", raw).upper()


def paper_problems(paper: str, number: str, reason: str) -> dict[str, str]:
    """Field → sentence; empty when the identity paper satisfies khoản 1 Điều 12 NĐ 154/2026."""
    if paper == Paper.LATER:
        return {} if reason.strip() else {"paper_missing_reason": NO_REASON}
    if not number:
        return {"paper_number": NO_PAPER}
    if paper not in _FORMATS:
        return {}  # that is no kind of paper: the list says so itself
    pattern, sentence = _FORMATS[paper]
    return {} if pattern.fullmatch(number) else {"paper_number": f"{sentence} Hãy đối chiếu với giấy tờ."}


def standing_problems(standing: str, proof: str, card: str) -> dict[str, str]:
    """Field → sentence: what Điều 13 NĐ 154/2026 asks of somebody who speaks for another."""
    found = {}
    if standing in _PROOFS and not proof.strip():
        found["proof"] = _PROOFS[standing]
    if standing in _CARDS and not card.strip():
        found["card"] = _CARDS[standing]
    return found


def masked_number(number: str) -> str:
    """«0360••••1234»; of a shorter one less is left."""
    if not number:
        return ""
    shown = min(4, len(number) // 3)
    return f"{number[:shown]}••••{number[len(number) - shown :]}" if shown else "••••"


def masked_address(address: str) -> str:
    """Only what follows the first comma: «•••, xã Thanh Lộc, tỉnh Minh Châu»."""
    _, comma, rest = address.partition(",")
    return f"•••, {rest.strip()}" if comma and rest.strip() else "•••" if address else ""


def masked_phone(phone: str) -> str:
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"•••• {digits[-3:]}" if len(digits) >= 6 else "••••" if phone else ""


# Without letters and digits that are taken for one another when read aloud or written by hand.
LOOKUP_LETTERS = "CDFGHJKMNPQRTVWXY34679"


def new_lookup_code() -> str:
    """«KM4T-9XQR» (35 bits; the look-up page counts wrong tries)."""
    letters = "".join(secrets.choice(LOOKUP_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


DIGITS = 4  # asked beside the code


def last_digits(paper_number: str, phone: str) -> str:
    """What opens a case for one of its people: of the identity paper, or of the telephone while the paper is still to
    be brought («Bổ sung sau»); empty when there is neither."""
    digits = re.sub(r"[^0-9]", "", paper_number or phone)
    return digits[-DIGITS:] if len(digits) >= 2 * DIGITS - 1 else ""


def names_in(text: str, names: list[str], numbers: list[str]) -> bool:
    """Does a folded text hold one of the folded names, or one of the numbers? Single words are no full name."""
    padded = f" {re.sub(r'[^a-z0-9]+', ' ', text)} "
    plain = re.sub(r"[\s.\-]", "", text).upper()
    return any(" " in name and f" {name} " in padded for name in names) or any(
        len(number) >= 6 and number in plain for number in numbers
    )
