"""What the intake of cases brings to «Việc của tôi hôm nay»."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, agency_ids
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Few, Task, few_of, first_of, rest_of
from tiepdan.cases.access import RECEIVERS
from tiepdan.cases.deadlines import ANSWER, PETITION, deadlines
from tiepdan.cases.models import Case, Item, Share
from tiepdan.cases.rules import FINISHED, State
from tiepdan.law.profiles import DEFAULT, Profile
from tiepdan.law.workdays import Calendar
from tiepdan.policy.queries import calendar, profile_for

MOST = 20  # rows of one kind: the home page is no list; the list of cases shows all
AHEAD = timedelta(days=7)
THINGS = "vụ việc"
RECEIPT_ARTICLE = "khoản 4 Điều 15 NĐ 154/2026"


def intake_tasks(person: Person, now: datetime) -> Iterator[Task]:
    today = localdate(now)
    for agency in agencies_of(person, today, Role.CLERK):
        profile, table = profile_for(agency, DEFAULT, today), calendar()
        yield from _to_screen(agency, person)
        yield from _late(agency, person, today, profile, table)
        yield from _without_receipt(agency, person)
    yield from _to_supply(person, today)


def mine(agency: int, person: Person) -> QuerySet[Case]:
    """Of several clerks each sees their own cases and those that nobody has. Only what a row of the page says."""
    rows = Case.objects.filter(Q(officer=person) | Q(officer__isnull=True), agency=agency)
    return rows.only("code", "summary", "state", "state_since", "received_on", "answered_at", "next_due")


def first_by_due(rows: QuerySet[Case]) -> Few:
    """The earliest date first, those without one last. Asked for in two parts, each comes in the order of the index
    `case_waiting`; SQLite would sort all that wait to put missing dates last."""
    found = list(rows.filter(next_due__isnull=False).order_by("next_due", "pk")[: MOST + 1])
    if len(found) <= MOST:
        found += rows.filter(next_due__isnull=True).order_by("pk")[: MOST + 1 - len(found)]
    return few_of(found, rows, MOST)


def list_address(**filters: str) -> str:
    """The list of cases, filtered."""
    return f"{reverse('cases:index')}?{urlencode(filters)}"


def _to_screen(agency: Agency, person: Person) -> Iterator[Task]:
    few = first_by_due(mine(agency.pk, person).filter(state=State.RECEIVED))
    for case in few.rows:
        yield Task(
            key=f"cases.screen:{case.pk}",
            subject=str(case),
            verb="Sàng lọc vụ việc",
            address=reverse("cases:detail", args=[case.code]),
            changed_at=case.state_since,
        )
    if few.left:
        address = list_address(state=State.RECEIVED)
        yield rest_of(few, f"cases.screen:{agency.pk}", "Sàng lọc vụ việc", THINGS, address)


def _late(agency: Agency, person: Person, today: date, profile: Profile, table: Calendar) -> Iterator[Task]:
    """Citizens who wait for the answer of ten working days, and petitions on their way to forty-five days."""
    warn_from = today - timedelta(days=profile.deadlines.petition_warn_days)
    warned = timedelta(days=profile.deadlines.petition_days - profile.deadlines.petition_warn_days)
    soon = mine(agency.pk, person).filter(next_due__lte=today + max(AHEAD, warned)).exclude(state__in=FINISHED)
    soon = soon.filter(Q(next_due__lte=today + AHEAD) | Q(received_on__lte=warn_from))
    few = first_of(soon.order_by("next_due", "pk"), MOST)
    for case in few.rows:
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
    if few.left:
        due = few.following.next_due
        address = list_address(late="on") if due < today else list_address()
        yield rest_of(few, f"cases.late:{agency.pk}", "Trả lời công dân, xử lý đơn", THINGS, address, due)


def _without_receipt(agency: Agency, person: Person) -> Iterator[Task]:
    """Read from the papers: there are few without a receipt, and an index holds just them."""
    waits = Item.objects.filter(is_from_citizen=True, receipt__isnull=True, removed_at__isnull=True)
    waits = waits.filter(Q(case__officer=person) | Q(case__officer__isnull=True), case__agency=agency)
    few = first_of(waits.order_by("case").values_list("case").annotate(papers=Count("pk")), MOST)
    cases = Case.objects.defer("content", "search").in_bulk([pk for pk, _ in few.rows])
    for pk, papers in few.rows:
        yield Task(
            key=f"cases.receipt:{pk}",
            subject=str(cases[pk]),
            verb=f"Lập giấy biên nhận cho {papers} tài liệu ({RECEIPT_ARTICLE})",
            address=reverse("cases:record", args=[cases[pk].code]),
        )
    if few.left:
        yield rest_of(few, f"cases.receipt:{agency.pk}", "Lập giấy biên nhận", THINGS, list_address())


def _to_supply(person: Person, today: date) -> Iterator[Task]:
    """An agency with which a dossier is shared was asked for something and has sent nothing yet."""
    agencies = agency_ids(person, today, *RECEIVERS)
    sent = Item.objects.filter(
        shares=OuterRef("pk"), from_agency=OuterRef("agency"), added_at__gte=OuterRef("shared_at")
    )
    rows = Share.objects.filter(
        ~Exists(sent), agency__in=agencies, withdrawn_at__isnull=True, until__gte=today, case__is_protected=False
    ).exclude(note="")
    few = first_of(rows.select_related("case", "agency").order_by("until", "pk"), MOST)
    for share in few.rows:
        yield Task(
            key=f"cases.supply:{share.pk}",
            subject=str(share.case),
            verb="Gửi tài liệu theo đề nghị",
            address=reverse("cases:shared_one", args=[share.pk]),
            due=share.until,
            changed_at=share.shared_at,
        )
    if few.left:
        address, due = reverse("cases:shared"), few.following.until
        yield rest_of(few, "cases.supply", "Gửi tài liệu theo đề nghị", "hồ sơ được chia sẻ", address, due)
