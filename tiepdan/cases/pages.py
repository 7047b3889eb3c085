"""The frame of a case's pages: tabs, what comes next, buttons, sections. Upper rooms add theirs in AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.cases import access
from tiepdan.cases.models import Case


@dataclass(frozen=True)
class Tab:
    label: str
    url_name: str  # reversed with the code of the case
    order: int


@dataclass(frozen=True)
class NextStep:
    """«Việc tiếp theo»: one sentence and one button; the button leads to a page."""

    sentence: str
    button: str
    address: str
    citation: str = ""


@dataclass(frozen=True)
class Button:
    """Stands under «Việc khác» of the summary; with a `reason` it is disabled and says why."""

    label: str
    address: str
    reason: str = ""
    is_danger: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the tab «Tóm tắt» that another module brings."""

    template: str
    facts: dict[str, Any] = field(default_factory=dict)


StepFinder = Callable[[Case, Person, datetime], NextStep | None]
ButtonFinder = Callable[[Case, Person, datetime], list[Button]]
SectionFinder = Callable[[Case, Person, datetime], Section | None]

_tabs: list[Tab] = []
_steps: list[tuple[int, StepFinder]] = []
_buttons: list[tuple[int, ButtonFinder]] = []
_sections: list[tuple[int, SectionFinder]] = []


SUMMARY = "cases/detail.html"
CHANGED = "Nội dung này vừa được"  # somebody was faster: what was entered stays on the page, to be compared


def add_tab(label: str, url_name: str, order: int) -> None:
    tab = Tab(label, url_name, order)
    if tab not in _tabs:
        _tabs.append(tab)


def add_next_step(finder: StepFinder, order: int = 50) -> None:
    """The first finder (lowest order) that returns something is shown."""
    if (order, finder) not in _steps:
        _steps.append((order, finder))


def add_buttons(finder: ButtonFinder, order: int = 50) -> None:
    if (order, finder) not in _buttons:
        _buttons.append((order, finder))


def add_section(finder: SectionFinder, order: int = 50) -> None:
    if (order, finder) not in _sections:
        _sections.append((order, finder))


def tabs_for(case: Case, here: str) -> list[dict[str, Any]]:
    return [
        {"label": tab.label, "address": reverse(tab.url_name, args=[case.code]), "is_here": tab.url_name == here}
        for tab in sorted(_tabs, key=lambda tab: tab.order)
    ]


def next_step_for(case: Case, person: Person, now: datetime) -> NextStep | None:
    found = (finder(case, person, now) for _, finder in sorted(_steps, key=lambda pair: pair[0]))
    return next((step for step in found if step), None)


def buttons_for(case: Case, person: Person, now: datetime) -> list[Button]:
    return [one for _, finder in sorted(_buttons, key=lambda pair: pair[0]) for one in finder(case, person, now)]


def by_reason(buttons: list[Button]) -> list[tuple[str, list[Button]]]:
    """Buttons that are off stay in sight; what several have in common is said once."""
    found: dict[str, list[Button]] = {}
    for button in buttons:
        if button.reason:
            found.setdefault(button.reason, []).append(button)
    return list(found.items())


def sections_for(case: Case, person: Person, now: datetime) -> list[Section]:
    found = (finder(case, person, now) for _, finder in sorted(_sections, key=lambda pair: pair[0]))
    return [section for section in found if section]


def page(
    request: HttpRequest,
    person: Person,
    case: Case,
    template: str,
    facts: dict[str, Any] | None = None,
    *,
    here: str,
    now: datetime,
    status: int = 200,
    editing: str = "",
) -> HttpResponse:
    """Render a template that extends cases/frame.html. `here` is the url name of the tab it belongs to.

    `editing` names the form that the page opens (`presence.PARTS`): whoever opens the same one is told.
    """
    from tiepdan.cases.actions import presence
    from tiepdan.cases.queries import deadlines_of

    on = localdate(now)
    may_edit = access.may_edit(person, case, on)
    is_told = bool(editing) and may_edit
    # On the summary alone: on every tab they would push aside what the person came for.
    buttons = buttons_for(case, person, now) if template == SUMMARY else []
    deadlines = deadlines_of(case)
    unmet = [one for one in deadlines if one.met_at is None]
    frame = {
        "case": case,
        "is_summary": template == SUMMARY,
        "tabs": tabs_for(case, here),
        "next_step": next_step_for(case, person, now),
        "buttons": buttons,
        "open_buttons": [button for button in buttons if not button.reason],
        "closed_buttons": by_reason(buttons),
        "is_tab": request.method != "POST" and request.path == reverse(here, args=[case.code]),
        "deadlines": deadlines,
        # The other pages give their room to the form: the one date that comes next, all of them on the summary.
        "next_deadline": min(unmet, key=lambda one: one.due, default=None),
        "may_edit": may_edit,
        "editing": editing if is_told else "",
        "is_clash": is_told and str((facts or {}).get("sentence", "")).startswith(CHANGED),
        "pulse": presence.PULSE,
        "editors": presence.others(case, editing, by=person, at=now) if is_told else [],
        "may_see_people": access.may_see_people(person, case, on),
        "now": now,
    }
    answer = render(request, template, {**frame, **(facts or {})}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
