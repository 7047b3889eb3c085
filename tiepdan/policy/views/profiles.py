"""The rule profiles, to read and to compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import home_agency
from tiepdan.law.profiles import DEFAULT, Profile, codes, profile
from tiepdan.law.sections import quantity
from tiepdan.policy import tables
from tiepdan.policy.queries import office_spells


@dataclass(frozen=True)
class Tab:
    code: str
    label: str


@require_safe
@staff()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """One profile as tables; with words to look for, the rows of all profiles that hold them."""
    today = timezone.localdate()
    text = request.GET.get("q", "").strip()[:200]
    chosen = _code(request.GET.get("bo", DEFAULT))
    agency = home_agency(person, today)
    shown = []
    for code in codes() if text else (chosen,):
        base = profile(code)
        found = tables.sections(base, _own(agency, base, today) if agency else {})
        shown.append((base, tables.matching(found, text) if text else found))
    facts = {"tabs": tabs(), "here": "" if text else chosen, "text": text, "shown": shown, "agency": agency}
    return render(request, "policy/rules.html", facts)


def _own(agency: Agency, base: Profile, today: date) -> dict[str, list[str]]:
    """«07 ngày làm việc từ 01/12/2026 đến hết 31/12/2026»: what holds today and what will, stricter than the law."""
    said: dict[str, list[str]] = {}
    for path, spells in office_spells(agency, base).items():
        limit = base.limits.get(path)
        if limit is None or not limit.stricter:
            continue
        said[path] = [
            f"{quantity(spell.value, limit.unit)} từ {spell.first:%d/%m/%Y}"
            + (f" đến hết {spell.last:%d/%m/%Y}" if spell.last else "")
            for spell in spells
            if not spell.is_over(today) and spell.value != limit.value
        ]
    return said


@require_safe
@staff()
def compare(request: HttpRequest, person: Person) -> HttpResponse:
    left, right = (profile(_code(request.GET.get(name, code))) for name, code in zip("ab", _two(), strict=True))
    only = request.GET.get("khac") == "1"
    facts = {
        "tabs": tabs(),
        "here": "compare",
        "profiles": [profile(code) for code in codes()],
        "left": left,
        "right": right,
        "only": only,
        "parts": tables.compared(left, right),
    }
    return render(request, "policy/compare.html", facts)


def tabs() -> list[Tab]:
    return [Tab(code, _label(profile(code))) for code in codes()]


def _label(one: Profile) -> str:
    """«NĐ 154/2026 (mặc định)», «QĐ 764/2025 (thí điểm)»"""
    return f"{one.short} ({'mặc định' if one.code == DEFAULT else 'thí điểm'})"


def _code(code: str) -> str:
    return code if code in codes() else DEFAULT


def _two() -> tuple[str, str]:
    found = codes()
    return found[0], found[-1]
