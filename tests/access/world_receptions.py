"""Receptions of a world: a plan in every state that a button asks for, and one whose invitations are out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate

from tests import cast
from tests import reception_cast as stage
from tests.access.team import Team
from tests.access.world import SECRET, Values, case, file, paper
from tests.access.world_invitations import invitations
from tiepdan.cases.rules import State
from tiepdan.documents.models import Batch
from tiepdan.points.models import Point
from tiepdan.receptions.models import (
    AgendaItem,
    AgendaTemplate,
    HallWish,
    Matter,
    MetMilestone,
    Reception,
    ReceptionPoint,
    Seat,
    Version,
)
from tiepdan.receptions.publication import snapshot

PLANS = ("draft", "submitted", "approved", "published", "ready", "postponed")


def plan(team: Team, state: str, at: datetime, days: int) -> Reception:
    """With a central and a component hall, one seat and one item, and no matter: nothing can be submitted."""
    begin = at.replace(hour=1, minute=30, second=0, microsecond=0) + timedelta(days=days)
    found = stage.planned(
        f"BT-{team.prefix}-{state}",
        halls=False,
        matter=False,
        agency=team.agency,
        starts_at=begin,
        ends_at=begin + timedelta(hours=3),
        chair=team.chair,
        secretary=team.secretary,
        technician=team.technician,
        created_by=team.clerk,
        edited_by=team.clerk,
        state=state,
        published_at=at if state in ("published", "ready", "postponed") else None,
    )
    for order, name in enumerate(("trung-tam", "xa")):
        point = Point.objects.get_or_create(
            slug=f"{team.prefix}-{name}", defaults={"agency": team.agency, "name": f"Điểm cầu {team.prefix} {name}"}
        )[0]
        ReceptionPoint.objects.create(reception=found, point=point, is_central=order == 0, order=order)
    return found


def receptions(team: Team, at: datetime) -> Values:
    made: Values = {}
    for number, state in enumerate(PLANS):
        made[state] = plan(team, state, at, 30 + 2 * number).code
    draft = Reception.objects.get(code=made["draft"])
    published = Reception.objects.get(code=made["published"])
    spare = Point.objects.create(slug=f"{team.prefix}-moi", agency=team.agency, name=f"Điểm cầu {team.prefix} mới")
    return {
        **made,
        "plan_decision": published.decisions.create(step="approve", at=at, by=team.approver).pk,
        "free_point": spare.pk,
        "point": spare.slug,
        **_halls(team, spare, at),
        "point_office": team.agency.pk,
        "month": f"{draft.starts_at:%Y-%m}",
        **_plan_rows(team, draft, at),
        **_public_rows(team, published, at),
    }


def _halls(team: Team, point: Point, at: datetime) -> Values:
    """What the pages of halls are about: a photo of a check, one out of use, one that another agency will keep."""
    by = {"made_at": at, "made_by": team.technician}
    check = point.checks.create(part="light", condition="good", checked_on=localdate(at), photo=file(team, at), **by)
    halls = {name: f"{team.prefix}-{name}" for name in ("retired_point", "moving_point")}
    retired, moving = (
        Point.objects.create(slug=slug.replace("_", "-"), agency=team.agency, name=f"Điểm cầu {slug}")
        for slug in halls.values()
    )
    retired.retirements.create(first_day=localdate(at), reason="Sửa chữa", **by)
    moving.handovers.create(source=team.agency, target=cast.commune(), since=localdate(at), reason="QĐ", **by)
    return {
        "point_check": check.pk,
        "retired_point": retired.slug,
        "moving_point": moving.slug,
        "below_office": cast.commune().pk,
    }


def running(team: Team, at: datetime) -> Reception:
    """Of another agency than ours, about to begin, with its own people."""
    found = stage.reception(f"BT-{team.prefix}-dang-tiep", now=at, agency=team.agency, prefix=f"{team.prefix}-")
    Reception.objects.filter(pk=found.pk).update(chair=team.chair, secretary=team.secretary, technician=team.technician)
    found.takes.create(id=f"tap-{team.prefix}", recorder=stage.recorder(1), boot="x", requested_at=at)
    return stage.fresh(found)


def running_rows(of: Reception) -> Values:
    """The recording has one file; the hall of the commune has its name and password."""
    take = of.takes.order_by("id")[0]
    index = Path(settings.ARCHIVE) / take.folder / "index.jsonl"
    index.parent.mkdir(parents=True, exist_ok=True)
    index.write_bytes(b"{}\n")
    hall = stage.hall(of, stage.COMMUNE)
    stage.credential(hall)
    return {"running": of.code, "running_hall": hall.pk, "hall_key": hall.key, "take": take.id, "file": index.name}


def _plan_rows(team: Team, of: Reception, at: datetime) -> Values:
    """What the pages of a draft are about: two matters, a hall, a seat, an item, a template of the office."""
    first, second = (
        Matter.objects.create(
            reception=of,
            case=case(team, f"xep{n}", at, state=State.PLANNED, people=[SECRET]),
            public_title="Khiếu nại về đất đai",
            order=n,
        )
        for n in range(2)
    )
    hall = of.halls.get(is_central=False)
    facts = {"agency": team.agency, "name": "Mẫu của cơ quan", "made_at": at, "made_by": team.clerk}
    return {
        "matter": first.pk,
        "second_matter": second.pk,
        "planned_case": first.case.code,
        "hall": hall.pk,
        "seat": Seat.objects.create(hall=hall, full_name="Trịnh Văn Khôi", role="officer").pk,
        "agenda_item": AgendaItem.objects.create(reception=of, title="Khai mạc", order=0).pk,
        "later_item": AgendaItem.objects.create(reception=of, title="Đối thoại", order=1).pk,
        "template": AgendaTemplate.objects.create(**facts).pk,
        "way": "len",
        "size": "a4",
        "milestone": "trial",
    }


def _public_rows(team: Team, of: Reception, at: datetime) -> Values:
    """What was published: a version, a citizen who comes, the invited agency, their messages and papers."""
    matter = Matter.objects.create(
        reception=of, case=case(team, "xep9", at, state=State.PLANNED, people=[SECRET]), public_title="Khiếu nại"
    )
    citizen = matter.case.petitioners.get()
    hall = of.halls.get(is_central=False)
    Seat.objects.create(hall=hall, full_name=SECRET, role="citizen", petitioner=citizen)
    public, whole = snapshot(of)
    Version.objects.create(reception=of, number=1, published_at=at, published_by=team.clerk, public=public, plan=whole)
    MetMilestone.objects.create(
        reception=of, code="trial", due=at.date().isoformat(), met_at=at, proof="Biên bản", file=file(team, at)
    )
    batch = Batch.objects.create(
        agency=team.agency,
        about_kind="receptions.reception",
        about_id=str(of.pk),
        wanted=[["plan", ""]],
        made_by=team.clerk,
        created_at=at,
    )
    return {
        "reception_id": str(of.pk),
        "wish": HallWish.objects.create(matter=matter, hall=hall, asked_at=at).pk,
        "about_reception": "receptions.reception",
        "plan_paper": paper(team, of, "plan", at).pk,
        "wordless_plan": paper(team, of, "leaders_report", at, docx=None, pdf=None).pk,
        "plan_batch": batch.pk,
        **invitations(team, of, hall, citizen, at),
    }
