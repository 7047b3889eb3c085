"""What the bell tells of cases: to the one in charge, to who decides, to the office a dossier is shared with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import case_cast as stage
from tests import cast
from tiepdan.accounts.models import Person
from tiepdan.accounts.news import MOST, SPAN, news_for, unseen
from tiepdan.accounts.rules import Role
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.decision import APPROVE, decide
from tiepdan.cases.models import Share

pytestmark = pytest.mark.django_db


def told(person: Person) -> dict[str, str]:
    return {row.what: row.address for row in news_for(person, timezone.now() + timedelta(seconds=1))}


def second_clerk() -> Person:
    return cast.person("can-bo-2", "Phan Thị Hai", Role.CLERK)


def test_a_decision_reaches_the_officer_in_charge_or_every_clerk_while_there_is_none() -> None:
    submission = stage.submitted()
    decide(submission, APPROVE, by=cast.approver(), at=timezone.now())
    page = f"/vu-viec/{stage.CODE}/"
    assert told(cast.clerk()) == told(second_clerk()) == {"Đồng ý tiếp trực tuyến": page}
    submission.case.officer = cast.clerk()
    submission.case.save()
    assert told(cast.clerk()) == {"Đồng ý tiếp trực tuyến": page}
    assert told(second_clerk()) == told(stage.commune_clerk()) == {}


def test_what_was_put_forward_reaches_who_decides() -> None:
    case = stage.submitted().case
    audit.record("case.submitted", agency=case.agency, at=timezone.now(), by=cast.clerk(), about=case)
    assert told(cast.approver()) == {"Trình lãnh đạo đề nghị tiếp trực tuyến": f"/vu-viec/{stage.CODE}/quyet-dinh/"}
    assert told(cast.secretary()) == {}


def test_a_shared_dossier_reaches_the_office_it_is_shared_with_until_it_is_withdrawn() -> None:
    case, now = stage.case(), timezone.now()
    share = stage.share(case, until=timezone.localdate() + timedelta(days=3), now=now)
    audit.record("case.shared", agency=case.agency, at=now, by=cast.clerk(), about=case)
    assert told(stage.department_officer()) == {"Chia sẻ hồ sơ vụ việc": f"/ho-so-duoc-chia-se/{share.pk}/"}
    Share.objects.update(withdrawn_at=now)
    assert told(stage.department_officer()) == {}


def test_what_is_old_is_no_news() -> None:
    case, now = stage.submitted().case, timezone.now()
    audit.record("case.submitted", agency=case.agency, at=now - SPAN - timedelta(hours=1), by=cast.clerk(), about=case)
    assert told(cast.approver()) == {} and unseen(cast.approver(), now) == 0 < MOST
