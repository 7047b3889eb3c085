"""What grounds, decisions, refusals and handings hang into lower rooms and into the pages of a case."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts import tasks
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import authority
from tiepdan.audit import labels
from tiepdan.cases import events_decisions, pages, papers_decisions, tasks_decisions
from tiepdan.cases import queries_decisions as reads
from tiepdan.cases.access import may_edit, may_see_people
from tiepdan.cases.models import Case
from tiepdan.cases.pages import Button, NextStep, Section
from tiepdan.cases.rules import CASE, FINISHED, OPEN_STATES, RefusalState, State


def register() -> None:
    labels.register(events_decisions.LABELS)
    tasks.add_tasks(tasks_decisions.find)
    papers_decisions.register()
    pages.add_tab("Căn cứ tiếp trực tuyến", "cases:grounds", 40)
    pages.add_next_step(next_step, 10)
    pages.add_buttons(buttons, 60)
    pages.add_section(section, 60)


def next_step(case: Case, person: Person, now: datetime) -> NextStep | None:
    on = localdate(now)
    refusal = reads.open_refusal(case) if case.state in OPEN_STATES and may_see_people(person, case, on) else None
    if refusal is not None:
        address = reverse("cases:refusal", args=[case.code, refusal.pk])
        if refusal.state == RefusalState.SUBMITTED:
            return NextStep(
                "Thông báo từ chối 01/TCD đang chờ ký.", "Mở thông báo", address, tasks_decisions.ARTICLE_REFUSAL
            )
        return NextStep(
            "Hoàn thiện và trình ký thông báo từ chối 01/TCD.", "Mở dự thảo", address, tasks_decisions.ARTICLE_REFUSAL
        )
    if case.state == State.PROPOSED:
        address = reverse("cases:decision", args=[case.code])
        if authority(person, case.agency, on):
            return NextStep("Quyết định có tiếp trực tuyến vụ việc này không.", "Xem và quyết định", address)
        return NextStep("Đang chờ lãnh đạo quyết định.", "Xem nội dung đã trình", address)
    if not may_edit(person, case, on):
        return None
    if case.state == State.RETURNED:
        return NextStep(
            "Lãnh đạo trả lại: bổ sung rồi trình lại.", "Bổ sung, trình lại", reverse("cases:grounds", args=[case.code])
        )
    if case.state == State.APPROVED:
        return NextStep("Đã được đồng ý: xếp vào một buổi tiếp.", "Xếp buổi tiếp", tasks_decisions.plan_address(case))
    return None


def buttons(case: Case, person: Person, now: datetime) -> list[Button]:
    """Those who write see every way that the law has; one that is closed now says why."""
    on = localdate(now)
    if not may_edit(person, case, on):
        return []

    def way(label: str, name: str, step: str, is_danger: bool = False) -> Button:
        closed = CASE.after(case.state, step) is None
        reason = f"Đang ở trạng thái «{CASE.label(case.state)}»." if closed else ""
        return Button(label, reverse(name, args=[case.code]), reason, is_danger)

    finished = f"Đang ở trạng thái «{CASE.label(case.state)}»." if case.state in FINISHED else ""
    answered = "Đã trả lời công dân." if case.answered_at else ""
    found = [
        Button("Phân loại", reverse("cases:classify", args=[case.code]), finished),
        way("Hướng dẫn", "cases:guide", "guide"),
        way("Chuyển đơn", "cases:transfer", "transfer"),
        Button("Trả lời công dân", reverse("cases:answer", args=[case.code]), answered),
        way("Từ chối tiếp", "cases:refuse", "refuse", is_danger=True),
    ]
    if CASE.after(case.state, "close") is not None:
        found.append(way("Kết thúc theo dõi", "cases:close", "close"))
    return found if case.state != State.CLOSED else []


def section(case: Case, person: Person, now: datetime) -> Section | None:
    """On the tab «Tóm tắt»: how the case was handled, refused, answered."""
    if not may_see_people(person, case, localdate(now)):
        return None
    handings = list(case.handings.select_related("made_by", "to_agency"))
    refusals = list(
        case.refusals.exclude(state=RefusalState.DROPPED).select_related("document", "decided_by", "on_behalf_of")
    )
    if not handings and not refusals and not case.handling and not case.answered_at:
        return None
    from tiepdan.cases.actions import handing

    rows = handing.options(case, case.competence, localdate(now)) if case.handling else ()
    return Section(
        "cases/decisions/section.html",
        {
            "handings": [(row, handing.KIND_WORDS[row.kind]) for row in handings],
            "refusals": refusals,
            "competence": handing.COMPETENCE_LABELS.get(case.competence, ""),
            "handling": next((row for row in rows if row.code == case.handling), None),
        },
    )
