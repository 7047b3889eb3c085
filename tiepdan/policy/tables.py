"""A rule profile as tables: value · article · note, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tiepdan.kernel.text import fold
from tiepdan.law.profiles import PRACTICE, Profile
from tiepdan.law.sections import Limit, quantity

KINDS: Mapping[str, str] = {
    "complaint": "khiếu nại",
    "denunciation": "tố cáo",
    "recommendation": "kiến nghị",
    "feedback": "phản ánh",
}
COMPETENCE: Mapping[str, str] = {
    "own": "Thuộc thẩm quyền",
    "other": "Không thuộc thẩm quyền",
    "below": "Thuộc thẩm quyền cấp dưới, chưa giải quyết",
    "settled": "Đã giải quyết đúng chính sách, pháp luật",
    "any": "Mọi trường hợp",
}
NEEDS: Mapping[str, str] = {
    "wish": "có nguyện vọng của công dân",
    "circumstance": "thuộc đối tượng nêu trong căn cứ",
    "no_protection": "người tố cáo không yêu cầu bảo vệ danh tính",
    "secrecy": "cơ quan bảo đảm điều kiện bảo mật",
}
PARTS: Mapping[str, str] = {
    "milestones": "Mốc thời hạn trước buổi tiếp",
    "deadlines": "Thời hạn của vụ việc",
    "refusing": "Từ chối tiếp công dân: điều kiện",
    "group": "Đoàn đông người, người đại diện",
    "head_days": "Số ngày tiếp của người đứng đầu",
    "recording": "Ghi âm, ghi hình",
    "grounds": "Căn cứ tiếp trực tuyến: điều kiện",
}


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    value: str
    article: str  # empty: practice
    note: str = ""
    own: tuple[str, ...] = ()  # the office's stricter values, each with its days

    @property
    def words(self) -> str:
        return fold(" ".join((self.key, self.label, self.value, self.article, self.note)))


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: tuple[Row, ...]


def sections(profile: Profile, own: Mapping[str, Sequence[str]] | None = None) -> list[Section]:
    """Every value of a profile; `own` says an office's stricter ones by path."""
    numbers: dict[str, list[Row]] = {}
    for limit in profile.limits.values():
        numbers.setdefault(limit.path.split(".")[0], []).append(
            _number(profile, limit, (own or {}).get(limit.path, ()))
        )
    found = [
        Section("grounds-list", "Căn cứ tiếp trực tuyến", tuple(_grounds(profile))),
        Section("refusals", "Từ chối tiếp công dân", tuple(_refusals(profile))),
        Section("handling", "Phân loại và hướng xử lý", tuple(_handling(profile))),
        Section("terms", "Tên gọi, thành phần, biểu mẫu", tuple(_words(profile))),
        Section("retention", "Kỳ báo cáo, bảo quản", tuple(_papers(profile))),
    ]
    first = [Section(key, title, tuple(numbers[key])) for key, title in PARTS.items() if key in numbers]
    return first[:1] + found[:2] + first[1:] + found[2:]


def matching(found: Iterable[Section], text: str) -> list[Section]:
    """Only rows that hold the words (accents do not matter); sections without one are left out."""
    wanted = fold(text)
    kept = [replace(one, rows=tuple(row for row in one.rows if wanted in row.words)) for one in found]
    return [one for one in kept if one.rows]


@dataclass(frozen=True)
class Pair:
    label: str
    left: str
    right: str
    left_article: str
    right_article: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True)
class Comparison:
    title: str
    pairs: tuple[Pair, ...]


def compared(left: Profile, right: Profile) -> list[Comparison]:
    """Section by section, row by row; «–» where one of the two has nothing."""
    result = []
    for one, other in zip(sections(left), sections(right), strict=True):
        here, there = ({row.key: row for row in part.rows} for part in (one, other))
        pairs = []
        for key in [*here, *(key for key in there if key not in here)]:
            a, b = here.get(key), there.get(key)
            known = a or b
            assert known is not None
            pairs.append(
                Pair(
                    known.label,
                    a.value if a else "–",
                    b.value if b else "–",
                    a.article if a else "",
                    b.article if b else "",
                )
            )
        result.append(Comparison(one.title, tuple(pairs)))
    return result


def _number(profile: Profile, limit: Limit, own: Sequence[str]) -> Row:
    rule = profile.milestone(limit.path.removeprefix("milestones."))
    before = " trước" if rule else ""
    return Row(
        limit.path,
        rule.asks if rule else limit.label,
        limit.text + before,
        _article(limit.source),
        limit.note,
        tuple(own),
    )


def _grounds(profile: Profile) -> Iterator[Row]:
    yield Row("approval", "Ai quyết định", profile.approval.text, _article(profile.approval.article))
    for ground in profile.grounds:
        needs = "; ".join(NEEDS[need] for need in ground.needs)
        kinds = ", ".join(KINDS[kind] for kind in ground.allows)
        yield Row(
            ground.code,
            ground.text,
            f"Áp dụng cho: {kinds}" + (f". Cần: {needs}" if needs else ""),
            _article(ground.article),
            ground.note,
        )


def _refusals(profile: Profile) -> Iterator[Row]:
    for ground in profile.refusals:
        days = quantity(ground.days, "workdays")
        how = f"Thông báo 01/TCD trong {days}" if ground.is_written else "Giải thích trực tiếp"
        yield Row(
            ground.code,
            f"{ground.code}: {ground.text}",
            f"{how} ({ground.how_article})",
            _article(ground.article),
            ground.note,
        )
    rule = profile.refusing
    breaches = ", ".join(rule.violations)
    yield Row(
        "violations", "Căn cứ được lập biên bản vi phạm khi cần thiết", breaches, _article(rule.violations_article)
    )


def _handling(profile: Profile) -> Iterator[Row]:
    for row in profile.handling:
        kinds = ", ".join(KINDS[kind] for kind in row.kinds)
        yield Row(row.code, f"{COMPETENCE[row.competence]} – {kinds}", row.text, _article(row.article))


def _words(profile: Profile) -> Iterator[Row]:
    yield Row("central", "Nơi người chủ trì ngồi", profile.terms["central"], _article(profile.sources["terms"]))
    yield Row("component", "Các điểm cầu khác", profile.terms["component"], _article(profile.sources["terms"]))
    people = profile.participants
    yield Row(
        "participants",
        "Bắt buộc có mặt tại điểm cầu trung tâm",
        "Người tiếp công dân; cơ quan, bộ phận được giao tham mưu",
        _article(people.central_article),
    )
    yield Row("choice", "Công dân đăng ký", "Điểm cầu trung tâm hoặc điểm cầu khác", _article(people.choice_article))
    yield Row("delegates", "Nhiều người về một nội dung", "Phải cử đại diện", _article(people.group_article))
    for form in profile.forms.values():
        yield Row(form.code, f"Mẫu {form.code}", form.title, _article(form.article), form.note)


def _papers(profile: Profile) -> Iterator[Row]:
    for period in profile.periods:
        before = " năm trước" if period.starts_year_before else ""
        span = f"{period.first[1]:02d}/{period.first[0]:02d}{before} – {period.last[1]:02d}/{period.last[0]:02d}"
        yield Row(f"period-{period.code}", f"Kỳ số liệu: {period.label}", span, _article(period.source), period.note)
    for kept in profile.retention:
        term = quantity(kept.years, "years") if kept.years is not None else "Không định số năm"
        yield Row(f"keep-{kept.code}", kept.label, term, _article(kept.article), kept.note)


def _article(source: str) -> str:
    return "" if source == PRACTICE else source
