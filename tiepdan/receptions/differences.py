"""What differs between two versions of a plan, in words, and whom each difference touches. Pure: plain data in and out.

Keys of who is touched: `p12` the hall, `a7` the agency, `c31` the petitioner; "all" is everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any, Literal, TypedDict

from tiepdan.kernel.dates import clock_text, day_text
from tiepdan.receptions.rules import KIND_LABELS, PHASE_LABELS, Phase

EVERYBODY: Literal["all"] = "all"
LEAST_ALIKE = 0.25  # below, a word that both have by chance tears the sentence to pieces


class Difference(TypedDict):
    """One changed thing in words. `touches`: keys of who must be told, or "all"; empty: nobody outside."""

    what: str
    before: str
    after: str
    touches: list[str] | Literal["all"]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between the `plan` of two versions, in the order in which people ask for it."""
    rows: list[Difference] = []

    def add(what: str, old: str, new: str, touches: Iterable[str] | Literal["all"]) -> None:
        if old != new:
            keys: list[str] | Literal["all"] = EVERYBODY if touches == EVERYBODY else sorted(set(touches))
            rows.append(Difference(what=what, before=old, after=new, touches=keys))

    add("Tình trạng", state_text(before), state_text(after), EVERYBODY)
    add("Thời gian", slot_text(before), slot_text(after), EVERYBODY)
    add("Nơi tiếp", before["place"], after["place"], EVERYBODY)
    add("Nội dung buổi tiếp", before["title"], after["title"], EVERYBODY)
    add("Loại buổi tiếp", KIND_LABELS[before["kind"]], KIND_LABELS[after["kind"]], EVERYBODY)
    add("Người chủ trì", before["chair"], after["chair"], EVERYBODY)
    add("Điện thoại hỗ trợ", before["phone"], after["phone"], EVERYBODY)
    rows += _hall_differences(before, after)
    rows += _matter_differences(before, after)
    add("Thư ký", before["secretary"], after["secretary"], ())
    add("Cán bộ kỹ thuật", before["technician"], after["technician"], ())
    add("Kịch bản", before["script"], after["script"], ())
    return rows


def state_text(plan: Mapping[str, Any]) -> str:
    """«Đã công bố», «Hoãn; lý do: …; dự kiến tiếp: thứ Năm 24/12/2026», «Hủy; lý do: …»"""
    state = plan["state"]
    if state == Phase.POSTPONED:
        words = [PHASE_LABELS[state], f"lý do: {plan['postponed_reason']}"]
        if plan["postponed_to"]:
            words.append(f"dự kiến tiếp: {day_text(date.fromisoformat(plan['postponed_to']))}")
        return "; ".join(words)
    if state == Phase.CANCELLED:
        return f"{PHASE_LABELS[state]}; lý do: {plan['cancelled_reason']}"
    return PHASE_LABELS[Phase.PUBLISHED]


def slot_text(plan: Mapping[str, Any]) -> str:
    """«08:30–11:00, thứ Năm 17/12/2026»"""
    start, end = datetime.fromisoformat(plan["starts_at"]), datetime.fromisoformat(plan["ends_at"])
    return f"{clock_text(start)}–{clock_text(end)}, {day_text(start)}"


def _hall_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    rows: list[Difference] = []
    old = {hall["key"]: hall for hall in before["halls"]}
    new = {hall["key"]: hall for hall in after["halls"]}
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        name = (now or was or {})["name"]
        people = _choosers(before, key) | _choosers(after, key)
        if was is None or now is None:
            label = "Thêm điểm cầu" if was is None else "Bỏ điểm cầu"
            rows.append(Difference(what=label, before=_hall(was), after=_hall(now), touches=sorted({key, *people})))
            continue
        if _hall(was) != _hall(now):
            touches: list[str] | Literal["all"] = sorted({key, *people})
            if was["is_central"] != now["is_central"]:
                touches = EVERYBODY
            rows.append(Difference(what=f"Điểm cầu {name}", before=_hall(was), after=_hall(now), touches=touches))
        seats, seated = "; ".join(was["seats"]), "; ".join(now["seats"])
        if seats != seated:
            rows.append(Difference(what=f"Thành phần tại {name}", before=seats, after=seated, touches=[key]))
    return rows


def _hall(hall: Mapping[str, Any] | None) -> str:
    if hall is None:
        return ""
    # Versions that were published before the profile's own word was kept have none.
    kind = hall.get("kind") or ("trung tâm" if hall["is_central"] else "thành phần")
    return ", ".join(filter(None, (hall["name"], kind, hall["address"])))


def _choosers(plan: Mapping[str, Any], key: str) -> set[str]:
    """Petitioners who come to this hall."""
    return {f"c{pk}" for matter in plan["matters"] if matter["chosen"] == key for pk in matter["petitioners"]}


def _matter_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    rows: list[Difference] = []
    names = {hall["key"]: hall["name"] for plan in (before, after) for hall in plan["halls"]}
    old = {matter["code"]: matter for matter in before["matters"]}
    new = {matter["code"]: matter for matter in after["matters"]}
    for code in [*old, *(code for code in new if code not in old)]:
        was, now = old.get(code), new.get(code)
        known = [matter for matter in (was, now) if matter is not None]
        people = {f"c{pk}" for matter in known for pk in matter["petitioners"]}
        offices = {f"a{matter['agency']}" for matter in known if matter["agency"]}
        halls = {key for matter in known for key in matter["halls"]}
        if was is None or now is None:
            what = f"Thêm vụ việc {code}" if was is None else f"Bỏ vụ việc {code}"
            rows.append(
                Difference(
                    what=what,
                    before=was["title"] if was else "",
                    after=now["title"] if now else "",
                    touches=sorted(people | offices | halls),
                )
            )
            continue
        if was["title"] != now["title"]:
            rows.append(
                Difference(
                    what=f"Nội dung công khai của {code}",
                    before=was["title"],
                    after=now["title"],
                    touches=sorted(people | offices | halls),
                )
            )
        if was["chosen"] != now["chosen"]:
            rows.append(
                Difference(
                    what=f"Điểm cầu công dân của {code}",
                    before=names.get(was["chosen"], ""),
                    after=names.get(now["chosen"], ""),
                    touches=sorted(people | ({was["chosen"], now["chosen"]} - {""})),
                )
            )
        if was["halls"] != now["halls"]:
            rows.append(
                Difference(
                    what=f"Điểm cầu dự vụ việc {code}",
                    before=", ".join(names[key] for key in was["halls"]),
                    after=", ".join(names[key] for key in now["halls"]),
                    touches=sorted(set(was["halls"]) ^ set(now["halls"])),
                )
            )
    return rows


def public_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """For the public: which parts changed; the former words only of time and place, which name nobody."""
    rows = []
    if slot_text(before) != slot_text(after):
        rows.append({"what": "thời gian", "before": slot_text(before)})
    if before["place"] != after["place"]:
        rows.append({"what": "nơi tiếp", "before": before["place"]})
    for key, what in (
        ("chair_title", "người chủ trì"),
        ("halls", "điểm cầu"),
        ("matters", "nội dung"),
        ("title", "tên"),
    ):
        if before[key] != after[key]:
            rows.append({"what": what, "before": ""})
    return rows


@dataclass(frozen=True)
class Piece:
    """Words that stayed («same»), came («ins») or went («del»)."""

    kind: Literal["same", "ins", "del"]
    words: str


def word_pieces(before: str, after: str) -> list[Piece]:
    """The difference of two texts, word by word; of texts that share next to nothing, one after the other."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    match = SequenceMatcher(None, old, new, autojunk=False)
    if old and new and match.ratio() < LEAST_ALIKE:
        return [Piece("del", " ".join(old)), Piece("ins", " ".join(new))]
    for tag, old_from, old_to, new_from, new_to in match.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(old[old_from:old_to])))
            continue
        if old_from < old_to:
            pieces.append(Piece("del", " ".join(old[old_from:old_to])))
        if new_from < new_to:
            pieces.append(Piece("ins", " ".join(new[new_from:new_to])))
    return pieces


def summary(rows: Sequence[Mapping[str, Any]]) -> str:
    """The heading of a version: «đổi thời gian, nơi tiếp»; of the first one «công bố lần đầu»."""
    if not rows:
        return "công bố lần đầu"
    names = [_lower(row["what"]) for row in rows]
    if names[0] == "tình trạng":
        return _lower(rows[0]["after"].split(";")[0])
    more = f" và {len(names) - 3} nội dung khác" if len(names) > 3 else ""
    return f"đổi {', '.join(names[:3])}{more}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
