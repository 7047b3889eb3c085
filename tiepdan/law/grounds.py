"""Whether a case may be put forward for an online reception: Điều 20 NĐ 154/2026, Điều 4 QĐ 764 (pilot). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tiepdan.law.profiles import Profile
from tiepdan.law.sections import Ground

PILOT = "qd764-2025"

NONE_CHOSEN = "Chưa chọn căn cứ nào."
OTHER_NEEDS_REASON = "Căn cứ «khác» phải ghi rõ lý do."
PROTECTED = (
    "Không tiếp trực tuyến vụ việc này: người tố cáo yêu cầu bảo vệ danh tính (khoản 4 Điều 20 NĐ 154/2026). "
    "Hãy tiếp trực tiếp và áp dụng biện pháp bảo vệ."
)
WISH_MISSING = "Căn cứ b cần nguyện vọng của công dân; chưa ghi nhận."
NO_DENUNCIATION = "Bộ quy tắc QĐ 764 không có căn cứ cho vụ việc tố cáo."
WHO_MISSING = (
    "Căn cứ b dành cho công dân ở vùng sâu, vùng xa, vùng đặc biệt khó khăn, đối tượng chính sách, người già yếu, "
    "người khuyết tật (khoản 2 Điều 20 NĐ 154/2026); vụ việc chưa ghi nhận trường hợp nào. Hãy sửa ở tab «Tóm tắt»."
)
SECURITY_MISSING = (
    "Vụ việc tố cáo: phải ghi rõ cơ quan bảo đảm các điều kiện về bảo mật thế nào (khoản 4 Điều 20 NĐ 154/2026)."
)
CONSENT_MISSING = (
    "Bộ quy tắc QĐ 764 cần sự đồng ý của UBND tỉnh (khoản 2 Điều 4 Quy chế kèm theo QĐ 764): ghi số, ngày văn bản."
)


@dataclass(frozen=True)
class CaseFacts:
    """What the grounds look at."""

    kind: str
    is_protected: bool = False
    wishes_online: bool = False
    has_circumstance: bool = False  # remote, policy beneficiary, old or disabled
    security: str = ""  # how secrecy is kept, as the clerk wrote it
    consent: str = ""  # the province's written consent
    decided_by_province: bool = True  # the head who approves is that of the province


@dataclass(frozen=True)
class Problem:
    """Why the case cannot be put forward: of one ground (its code), «security», «consent», or ("") of the case."""

    where: str
    sentence: str


def letter(code: str) -> str:
    """«đ» of qd764.dd, «a» of nd154.a: the letter that the paper prints."""
    tail = code.rsplit(".", 1)[-1]
    return "đ" if tail == "dd" else tail


def is_catch_all(ground: Ground) -> bool:
    return letter(ground.code) == "e"


def is_open(ground: Ground, kind: str) -> bool:
    """Whether the ground may be chosen for this kind of petition."""
    return kind in ground.allows


def barred(profile: Profile, facts: CaseFacts) -> str:
    """The sentence that closes the whole list for this case; empty when some ground may be chosen."""
    if facts.is_protected:
        return PROTECTED
    if not any(is_open(ground, facts.kind) for ground in profile.grounds):
        return NO_DENUNCIATION
    return ""


def problems(profile: Profile, facts: CaseFacts, chosen: Mapping[str, str]) -> list[Problem]:
    """Everything that stands in the way of a submission. `chosen`: code of the ticked ground → reason."""
    closed = barred(profile, facts)
    if closed:
        return [Problem("", closed)]
    ticked = [ground for ground in profile.grounds if ground.code in chosen]
    if not ticked:
        return [Problem("", NONE_CHOSEN)]
    found = [problem for ground in ticked for problem in _of(ground, facts, chosen[ground.code].strip())]
    if profile.code == PILOT and not facts.decided_by_province and not facts.consent.strip():
        found.append(Problem("consent", CONSENT_MISSING))
    return found


def _of(ground: Ground, facts: CaseFacts, reason: str) -> list[Problem]:
    name = letter(ground.code)
    if not is_open(ground, facts.kind):
        return [Problem(ground.code, f"Căn cứ {name} không áp dụng cho loại vụ việc này ({ground.article}).")]
    if len(reason) < max(ground.least_reason, 1):
        sentence = OTHER_NEEDS_REASON if is_catch_all(ground) else f"Căn cứ {name}: chưa nêu lý do cụ thể."
        if ground.least_reason > 1:
            sentence += f" Cần ít nhất {ground.least_reason} ký tự, đang có {len(reason)}."
        return [Problem(ground.code, sentence)]
    if "circumstance" in ground.needs and not facts.has_circumstance:
        return [Problem(ground.code, WHO_MISSING)]
    if "wish" in ground.needs and not facts.wishes_online:
        return [Problem(ground.code, WISH_MISSING)]
    if "secrecy" in ground.needs and not facts.security.strip():
        return [Problem("security", SECURITY_MISSING)]
    return []
