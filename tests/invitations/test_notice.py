"""«Niêm yết lịch; thông báo công dân, cơ quan»: met when the schedule is public and everybody was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests import cast
from tests import schedule_cast as stage
from tests.schedule_cast import NOW
from tiepdan.invitations import queries
from tiepdan.invitations.actions.changes import check_notice
from tiepdan.invitations.queries import ABOUT, notice_state
from tiepdan.kernel.text import masked_name
from tiepdan.notify.models import Delivery
from tiepdan.receptions.actions import publication
from tiepdan.receptions.models import Reception
from tiepdan.receptions.rules import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.reception()


def published(of: Reception, at: datetime = NOW) -> Reception:
    publication.publish(stage.fresh(of), by=cast.clerk(), at=at)
    return stage.fresh(of)


def days(hour: int = 9, *, day: int, month: int = 12) -> datetime:
    """A moment of 2026 in Vietnam."""
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


def test_publishing_alone_does_not_meet_the_notice(of: Reception) -> None:
    """Khoản 1 Điều 23 NĐ 154/2026 asks for both: the posting, and telling citizens and agencies."""
    row = published(of)
    state = notice_state(row)
    assert state.total > 0 and state.told == 0 and not state.is_met
    assert not row.met.filter(code="notice").exists()


def test_the_notice_is_met_when_everybody_was_told(of: Reception) -> None:
    row = published(of)
    _tell(row, skip=1)
    assert not check_notice(row, NOW)
    _tell(row)
    assert check_notice(row, NOW)
    met = row.met.get(code="notice")
    total = row.invitations.count()
    assert not met.is_late and met.due == "2026-12-10"
    assert met.proof == f"Lịch đã công bố, phiên bản 1; đã thông báo {total}/{total}, đã xác nhận 0/{total}."


@pytest.mark.parametrize(
    ("state", "is_told"),
    [
        ("draft", False),
        ("queued", False),
        ("failed", False),
        ("dropped", False),
        ("sent", True),
        ("delivered", True),
        ("opened", True),
        ("acknowledged", True),
        ("declined", True),
    ],
)
def test_only_who_was_written_to_was_told(of: Reception, state: str, is_told: bool) -> None:
    """khoản 1 Điều 23 NĐ 154/2026: what waits, failed or was dropped tells nobody"""
    row = published(of)
    _tell(row)
    last = row.invitations.order_by("pk").last()
    assert last is not None
    Delivery.objects.filter(about_id=str(last.pk)).update(state=state)
    found = notice_state(row)
    assert found.told == found.total - (not is_told)
    assert (found.is_met, check_notice(row, NOW)) == (is_told, is_told)


def test_told_too_late_is_met_too_late(of: Reception) -> None:
    row = published(of)
    _tell(row)
    check_notice(row, days(0, day=11))
    assert row.met.get(code="notice").is_late


def test_the_pilot_meets_its_invitation_when_the_letters_left(of: Reception) -> None:
    """QĐ 764: giấy mời có thông tin đăng nhập, 03 ngày trước"""
    Reception.objects.update(profile="qd764-2025")
    row = published(of)
    _tell(row, kind="agency")
    check_notice(row, NOW)
    assert set(row.met.values_list("code", flat=True)) == {"invitation"}


def _tell(of: Reception, skip: int = 0, kind: str = "") -> None:
    rows = of.invitations.filter(kind=kind) if kind else of.invitations.all()
    for row in list(rows.order_by("pk"))[skip:]:
        Delivery.objects.get_or_create(
            key=f"test:{row.pk}:v1:paper",
            defaults={
                "agency": of.agency,
                "topic": "invitation",
                "about_kind": ABOUT,
                "about_id": str(row.pk),
                "channel": "paper",
                "receiver": row.receiver,
                "subject": "Giấy mời",
                "state": "sent",
                "prepared_at": NOW,
                "token": f"t{row.pk}",
            },
        )


def test_the_page_of_versions_says_who_was_told(of: Reception) -> None:
    row = published(of)
    _tell(row)
    told = queries.told(row)
    # A citizen stands there by initials: the page is read by more people than those who write to them.
    shown = {one.receiver if one.kind == "agency" else masked_name(one.receiver) for one in row.invitations.all()}
    assert {one.receiver for one in told[1]} == shown
    assert all(one.state in ("sent", "draft") for one in told[1])


def test_an_ad_hoc_reception_is_told_late(of: Reception) -> None:
    """NĐ 154/2026 names no exception for what the head has asked for, so the timeline keeps «không đạt mốc»."""
    Reception.objects.update(kind=Kind.ADHOC, adhoc_reason="Vụ việc gay gắt, đông người; Chủ tịch yêu cầu tiếp ngay.")
    row = published(of, days(day=15))
    _tell(row)
    check_notice(row, days(day=15))
    assert row.met.get(code="notice").is_late
