"""The citizen chooses a hall on the public page (khoản 3 Điều 22 NĐ 154/2026), a clerk confirms it (S36, S10)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests import cast
from tests import schedule_cast as stage
from tests.portal.lookup_cast import CHOOSE, CODE, DIGITS, REGISTER, ask, case, planned, words
from tiepdan.accounts.tasks import tasks_for
from tiepdan.audit.models import Entry
from tiepdan.kernel.dates import day_text
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.portal.views.lookup import MINUTES, OLD, SALT
from tiepdan.receptions import pages
from tiepdan.receptions.actions import publication, schedule
from tiepdan.receptions.models import HallWish, Matter, Reception, ReceptionPoint
from tiepdan.receptions.publication import pending
from tiepdan.receptions.wishes import actions
from tiepdan.receptions.wishes.queries import Announced, announced, last_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    row = planned()
    publication.publish(row, by=cast.clerk(), at=timezone.now())
    return stage.fresh(row)


def hall(of: Reception, slug: str) -> ReceptionPoint:
    return of.halls.get(point__slug=slug)


def ticket() -> str:
    """From the page that a citizen gets after the code and the digits."""
    found = re.search(r'name="ticket" value="([^"]+)"', ask(place=REGISTER).content.decode())
    assert found is not None
    return found.group(1)


def choose(pk: object, seal: str | None = None) -> Any:
    return Client().post(CHOOSE, {"ticket": ticket() if seal is None else seal, "hall": pk})


def told() -> Announced:
    found = announced(Matter.objects.get().case)
    assert found is not None
    return found


def wish(of: Reception, slug: str = "trung-tam") -> HallWish:
    return actions.ask(told(), hall(of, slug).pk, address="10.0.0.1", at=timezone.now())


# -- the citizen


def test_the_published_halls_are_offered_and_what_stands_is_ticked(of: Reception) -> None:
    answer = ask(place=REGISTER)
    body, text = answer.content.decode(), words(answer)
    assert answer.status_code == 200 and "Đổi điểm cầu tham dự" in text
    assert all(one.point.name in text for one in of.halls.all()) and "(điểm cầu trung tâm)" in text
    assert re.search(rf'value="{hall(of, "xa-thanh-loc").pk}" checked', body) and body.count(" checked") == 1
    assert f"đến hết {day_text(last_day(of))}" in text


def test_a_hall_that_is_not_published_yet_is_not_offered(of: Reception) -> None:
    later = stage.hall(of, "phuong-hoa-binh", "Phường Hòa Bình", cast.commune(), "2 Trần Phú")
    assert "Phường Hòa Bình" not in words(ask(place=REGISTER))
    assert choose(later.pk).status_code == 422 and HallWish.objects.count() == 0


def test_the_wish_waits_for_the_clerk(of: Reception) -> None:
    answer = choose(hall(of, "trung-tam").pk)
    text = words(answer)
    assert answer.status_code == 200 and "Đã ghi nguyện vọng: Trụ sở Tiếp công dân tỉnh" in text
    assert "Chờ xác nhận: Trụ sở Tiếp công dân tỉnh" in text
    assert Matter.objects.get().chosen == hall(of, "xa-thanh-loc")
    entry = Entry.objects.get(event="reception.hall_wished")
    assert entry.about_id == str(of.pk) and entry.facts["address"] == "127.0.0.1"
    assert not answer.cookies and answer["Cache-Control"] == "private, no-store"


def test_until_the_deadline_the_wish_may_be_changed(of: Reception) -> None:
    for slug in ("trung-tam", "trung-tam", "so-nnmt"):
        assert choose(hall(of, slug).pk).status_code == 200
    states = HallWish.objects.order_by("pk").values_list("hall__point__slug", "state")
    assert list(states) == [("trung-tam", "replaced"), ("so-nnmt", "waiting")]


def test_what_stands_already_needs_no_wish(of: Reception) -> None:
    answer = choose(hall(of, "xa-thanh-loc").pk)
    assert answer.status_code == 409 and actions.ALREADY in words(answer)


def test_after_ten_changes_one_calls(of: Reception) -> None:
    for number in range(actions.MOST):
        wish(of, ("trung-tam", "so-nnmt")[number % 2])
    answer = choose(hall(of, "trung-tam").pk)
    assert answer.status_code == 409 and f"Xin gọi {stage.PHONE}" in words(answer)


def test_after_the_deadline_the_sentence_names_day_and_telephone(of: Reception) -> None:
    """«Đã quá hạn đổi điểm cầu ({ngày}). Xin gọi {số}.»"""
    day, found = last_day(of), told()
    sentence = f"Đã quá hạn đổi điểm cầu ({day_text(day)}). Xin gọi {stage.PHONE}."
    last_hour = timezone.make_aware(datetime.combine(day, datetime.max.time()))
    assert actions.ask(found, hall(of, "trung-tam").pk, address="", at=last_hour).state == "waiting"
    with pytest.raises(Refused) as refused:
        actions.ask(found, hall(of, "so-nnmt").pk, address="", at=last_hour + timedelta(seconds=1))
    assert refused.value.sentence == sentence
    seal = ticket()
    near = timezone.now() + timedelta(days=1)
    Reception.objects.update(starts_at=near, ends_at=near + timedelta(hours=2))
    assert "Đã quá hạn đổi điểm cầu (" in words(ask(place=REGISTER))
    assert choose(hall(of, "trung-tam").pk, seal).status_code == 409


def test_the_deadline_is_the_working_day_before_the_trial() -> None:
    """Trial by Wednesday 16/12 for Thursday 17/12 (khoản 1 Điều 23 NĐ 154/2026): choose until Tuesday."""
    assert last_day(stage.reception()).isoformat() == "2026-12-15"


def test_of_a_postponed_reception_no_hall_is_chosen(of: Reception) -> None:
    seal, central = ticket(), hall(of, "trung-tam").pk
    later = localdate(of.starts_at) + timedelta(days=7)
    schedule.postpone(of, "Bão số 9", later, by=cast.clerk(), at=timezone.now())
    assert "Xin chọn lại điểm cầu khi có lịch mới." in words(ask(place=REGISTER))
    assert choose(central, seal).status_code == 409 and HallWish.objects.count() == 0


def test_without_a_published_reception_there_is_nothing_to_choose() -> None:
    planned()
    answer = ask(place=REGISTER)
    assert answer.status_code == 200 and "chưa có buổi tiếp được công bố" in words(answer)
    told_anyway = choose(1, signing.dumps(Matter.objects.get().case_id, salt=SALT))
    assert told_anyway.status_code == 409


BAD_HALLS = ["", "x", "-1", "99999999999999999999", "١", "1; DROP TABLE", "<b>"]


@pytest.mark.parametrize("raw", BAD_HALLS)
def test_bad_halls(of: Reception, raw: str) -> None:
    answer = choose(raw)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert HallWish.objects.count() == 0 and "<b>" not in words(answer)


def test_a_hall_of_another_reception_is_refused(of: Reception) -> None:
    other = stage.reception("BT-2026-013", start=of.starts_at + timedelta(days=7))
    answer = choose(hall(other, "trung-tam").pk)
    assert answer.status_code == 422 and actions.AT_HOME in words(answer)


BAD_TICKETS = ["", "x", "1:abc:def", "k" * 4000]


@pytest.mark.parametrize("seal", BAD_TICKETS)
def test_a_ticket_is_not_made_up(of: Reception, seal: str) -> None:
    answer = choose(hall(of, "trung-tam").pk, seal)
    assert answer.status_code == 422 and OLD in words(answer) and HallWish.objects.count() == 0


def test_a_ticket_sealed_for_something_else_opens_nothing(of: Reception) -> None:
    # Sealed here and not among the parameters: its name would hold the second at which a worker collected it.
    answer = choose(hall(of, "trung-tam").pk, signing.dumps(of.matters.get().case_id, salt="other"))
    assert answer.status_code == 422 and OLD in words(answer) and HallWish.objects.count() == 0


def test_a_ticket_grows_old(of: Reception, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seal = ticket()
    value, stamp, mark = seal.rsplit(":", 2)
    then = signing.b62_encode(signing.b62_decode(stamp) - MINUTES * 60 - 5)
    old = signing.TimestampSigner(salt=SALT)
    assert choose(hall(of, "trung-tam").pk, f"{value}:{then}:{mark}").status_code == 422
    aged = f"{value}:{then}:{old.signature(f'{value}:{then}')}"
    assert OLD in words(choose(hall(of, "trung-tam").pk, aged))
    assert choose(hall(of, "trung-tam").pk, seal).status_code == 200


def test_a_ticket_of_somebody_who_is_protected_since_opens_nothing(of: Reception) -> None:
    seal = ticket()
    of.matters.get().case.__class__.objects.update(is_protected=True)
    assert choose(hall(of, "trung-tam").pk, seal).status_code == 422


def test_the_page_of_a_reception_leads_there(of: Reception) -> None:
    body = Client().get(f"/cong-khai/{of.code}/").content.decode()
    assert 'href="/tra-cuu/diem-cau/"' in body
    assert ask(CODE, DIGITS, REGISTER).status_code == 200 and Client().get(REGISTER).status_code == 200
    assert Client().get(CHOOSE).status_code == 405


# -- the clerk


def desk() -> Client:
    return cast.browser(cast.clerk())


def test_the_clerk_has_a_row_on_the_first_page_and_a_next_step(of: Reception) -> None:
    wish(of)
    rows = [task for task in tasks_for(cast.clerk(), timezone.now()) if task.key.startswith("receptions.wish:")]
    assert [row.verb for row in rows] == ["Xác nhận điểm cầu công dân đăng ký: Trụ sở Tiếp công dân tỉnh"]
    assert rows[0].address == f"/buoi-tiep/{of.code}/diem-cau/#nguyen-vong"
    step = pages.next_step(of, cast.clerk(), timezone.now())
    assert step is not None and step.sentence == "Có 1 công dân đăng ký điểm cầu, chờ xác nhận."
    assert [one for one in tasks_for(cast.secretary(), timezone.now()) if "wish" in one.key] == []


def test_the_clerk_confirms(of: Reception) -> None:
    row = wish(of)
    page = words(desk().get(f"/buoi-tiep/{of.code}/diem-cau/"))
    assert "công dân đăng ký Trụ sở Tiếp công dân tỉnh" in page and "đang ghi Xã Thanh Lộc" in page
    answer = desk().post(f"/buoi-tiep/{of.code}/nguyen-vong/{row.pk}/xac-nhan/")
    assert answer.status_code == 302
    row.refresh_from_db()
    matter = Matter.objects.get()
    assert (row.state, row.decided_by) == ("confirmed", cast.clerk())
    assert matter.chosen == hall(of, "trung-tam") in matter.halls.all()
    assert Entry.objects.filter(event="reception.hall_chosen", about_id=str(of.pk)).exists()
    assert pending(stage.fresh(of)) != []  # what was published is to be published anew
    text = words(ask())
    assert "điểm cầu Trụ sở Tiếp công dân tỉnh" in text and "Chờ xác nhận" not in text


def test_the_clerk_says_why_not(of: Reception) -> None:
    row = wish(of)
    place = f"/buoi-tiep/{of.code}/nguyen-vong/{row.pk}/khong-nhan/"
    assert desk().post(place, {"note": "Phòng đang sửa."}).status_code == 302
    text = words(ask())
    assert "Không nhận được Trụ sở Tiếp công dân tỉnh: Phòng đang sửa." in text
    assert Matter.objects.get().chosen == hall(of, "xa-thanh-loc")


NOTES = [
    ("", actions.NO_NOTE),
    ("   ", actions.NO_NOTE),
    (f"Ông {stage.PEOPLE[0]} đã đổi ý", "dữ liệu cá nhân"),
    (f"Gọi {stage.MOBILE} không được", "dữ liệu cá nhân"),
]


@pytest.mark.parametrize(("note", "sentence"), NOTES)
def test_the_reason_is_there_and_names_nobody(of: Reception, note: str, sentence: str) -> None:
    row = wish(of)
    with pytest.raises(Invalid) as refused:
        actions.decline(row, note, by=cast.clerk(), at=timezone.now())
    assert sentence in refused.value.sentence
    row.refresh_from_db()
    assert row.state == "waiting"


def test_of_two_clerks_one_decides(of: Reception) -> None:
    row = wish(of)
    same = HallWish.objects.select_related("matter__reception", "hall").get(pk=row.pk)
    actions.decline(row, "Phòng đang sửa.", by=cast.clerk(), at=timezone.now())
    with pytest.raises(Refused):
        actions.confirm(same, by=cast.clerk(), at=timezone.now())
    assert Matter.objects.get().chosen == hall(of, "xa-thanh-loc")  # nothing half done


def test_a_citizen_who_changes_meanwhile_is_not_overruled(of: Reception) -> None:
    seen = wish(of)
    wish(of, "so-nnmt")
    with pytest.raises(Refused):
        actions.confirm(seen, by=cast.clerk(), at=timezone.now())
    assert Matter.objects.get().chosen == hall(of, "xa-thanh-loc")


def test_only_the_desk_decides(of: Reception) -> None:
    row = wish(of)
    for person in (cast.chair(), cast.secretary(), cast.technician()):
        with pytest.raises(Forbidden):
            actions.confirm(row, by=person, at=timezone.now())
        with pytest.raises(Forbidden):
            actions.decline(row, "Phòng đang sửa.", by=person, at=timezone.now())
    assert cast.browser(cast.outsider()).post(f"/buoi-tiep/{of.code}/nguyen-vong/{row.pk}/xac-nhan/").status_code == 404


def test_a_case_of_nobody_else_is_shown(of: Reception) -> None:
    """The seal of one case opens that case only."""
    case("VV-2026-0077", lookup="CDFG-HJKM")
    assert of.code not in words(ask("CDFG-HJKM"))
