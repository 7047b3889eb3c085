"""What the intake of cases brings to «Việc của tôi hôm nay»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task
from tiepdan.cases.access import RECEIVERS
from tiepdan.cases.deadlines import ANSWER, PETITION, deadlines
from tiepdan.cases.models import Case, Share
from tiepdan.cases.rules import FINISHED, State
from tiepdan.law.profiles import DEFAULT, Profile
from tiepdan.law.workdays import Calendar
from tiepdan.policy.queries import calendar, profile_for

MOST = 20  # rows of one kind: the home page is no list; the list of cases shows all
AHEAD = timedelta(days=7)
RECEIPT_ARTICLE = "khoản 4 Điều 15 NĐ 154/2026"


def intake_tasks(person: Person, now: datetime) -> Iterator[Task]:
    today = localdate(now)
    for agency in agencies_of(person, today, Role.CLERK):
        profile, table = profile_for(agency, DEFAULT, today), calendar()
        yield from _to_screen(agency, person)
        yield from _late(agency, person, today, profile, table)
        yield from _without_receipt(agency, person)
    yield from _to_supply(person, today)


def _mine(agency: Agency, person: Person) -> QuerySet[Case]:
    """Of several clerks each sees their own cases and those that nobody has."""
    return Case.objects.filter(Q(officer=person) | Q(officer__isnull=True), agency=agency).defer("content", "search")


def _to_screen(agency: Agency, person: Person) -> Iterator[Task]:
    for case in _mine(agency, person).filter(state=State.RECEIVED).order_by("received_on", "pk")[:MOST]:
        yield Task(
            key=f"cases.screen:{case.pk}",
            subject=str(case),
            verb="Sàng lọc vụ việc",
            address=reverse("cases:detail", args=[case.code]),
            changed_at=case.state_since,
        )


def _late(agency: Agency, person: Person, today: date, profile: Profile, table: Calendar) -> Iterator[Task]:
    """Citizens who wait for the answer of ten working days, and petitions on their way to forty-five days."""
    warn_from = today - timedelta(days=profile.deadlines.petition_warn_days)
    warned = timedelta(days=profile.deadlines.petition_days - profile.deadlines.petition_warn_days)
    soon = _mine(agency, person).filter(next_due__lte=today + max(AHEAD, warned)).exclude(state__in=FINISHED)
    for case in soon.order_by("next_due", "pk")[:MOST]:
        for one in deadlines(case, profile, table):
            if one.met_at is not None:
                continue
            if one.code == ANSWER and one.due <= today + AHEAD:
                verb = "Trả lời công dân"
            elif one.code == PETITION and case.received_on <= warn_from:
                verb = f"Xử lý đơn đã nhận {(today - case.received_on).days} ngày"
            else:
                continue
            yield Task(
                key=f"cases.{one.code}:{case.pk}",
                subject=str(case),
                verb=verb,
                address=reverse("cases:detail", args=[case.code]),
                due=one.due,
                citation=one.citation,
                changed_at=case.state_since,
            )


def _without_receipt(agency: Agency, person: Person) -> Iterator[Task]:
    waits = Q(items__is_from_citizen=True, items__receipt__isnull=True, items__removed_at__isnull=True)
    rows = _mine(agency, person).filter(waits).annotate(papers=Count("items")).order_by("pk")
    for case in rows[:MOST]:
        yield Task(
            key=f"cases.receipt:{case.pk}",
            subject=str(case),
            verb=f"Lập giấy biên nhận cho {case.papers} tài liệu ({RECEIPT_ARTICLE})",
            address=reverse("cases:record", args=[case.code]),
        )


def _to_supply(person: Person, today: date) -> Iterator[Task]:
    """An agency with which a dossier is shared was asked for something and has sent nothing yet."""
    agencies: Sequence[int] = list(agencies_of(person, today, *RECEIVERS).values_list("pk", flat=True))
    rows = Share.objects.filter(
        agency__in=agencies, withdrawn_at__isnull=True, until__gte=today, case__is_protected=False
    ).exclude(note="")
    for share in rows.select_related("case", "agency").order_by("until")[:MOST]:
        if share.items.filter(from_agency=share.agency_id, added_at__gte=share.shared_at).exists():
            continue
        yield Task(
            key=f"cases.supply:{share.pk}",
            subject=str(share.case),
            verb="Gửi tài liệu theo đề nghị",
            address=reverse("cases:shared_one", args=[share.pk]),
            due=share.until,
            changed_at=share.shared_at,
        )
