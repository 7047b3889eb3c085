"""Pages of the versions (screen S12): what each person may press, and what stays when it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from tests import cast
from tests import schedule_cast as stage
from tiepdan.kernel.refusals import Forbidden
from tiepdan.receptions.actions import publication
from tiepdan.receptions.models import Matter, Reception, Version
from tiepdan.receptions.views.publication import TAB

pytestmark = pytest.mark.django_db
PAGES = ("phien-ban/", "doi-lich/", "hoan/", "huy/")
POSTS = ("cong-bo/", "phien-ban/cong-bo/", "doi-lich/", "hoan/", "huy/", "lap-lai/")


def in_a_month() -> Any:
    """08:30 of a Thursday, four weeks or more from now."""
    day = timezone.now() + timedelta(days=28)
    day += timedelta(days=(3 - localtime(day).weekday()) % 7)
    return localtime(day).replace(hour=8, minute=30, second=0, microsecond=0)


@pytest.fixture
def of() -> Reception:
    return stage.reception(start=in_a_month())


@pytest.fixture
def public(of: Reception) -> Reception:
    publication.publish(of, by=cast.clerk(), at=timezone.now())
    return stage.fresh(of)


def page(of: Reception, rest: str = "phien-ban/") -> str:
    return f"/buoi-tiep/{of.code}/{rest}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def slot(of: Reception, days: int = 1, **more: str) -> dict[str, str]:
    start = localtime(of.starts_at) + timedelta(days=days)
    return {"day": f"{start:%Y-%m-%d}", "starts": "08:30", "ends": "11:00", "place": "", "note": "Họp đột xuất", **more}


@pytest.mark.parametrize("rest", PAGES)
def test_pages_are_for_those_who_belong_to_the_reception(of: Reception, rest: str) -> None:
    assert Client().get(page(of, rest)).status_code == 302
    assert cast.browser(cast.outsider()).get(page(of, rest)).status_code == 404
    for who in (cast.clerk(), cast.chair(), cast.approver(), cast.secretary()):
        writes = who == cast.clerk() or rest == "phien-ban/"
        assert cast.browser(who).get(page(of, rest)).status_code == (200 if writes else 403)


@pytest.mark.parametrize("rest", ["phien-ban/cong-bo/", "doi-lich/", "hoan/", "huy/"])
def test_the_right_comes_before_what_was_typed(public: Reception, rest: str) -> None:
    """The approver signs and the desk publishes (S12): chair and technician do neither before the last half hour."""
    for who in (cast.chair(), cast.technician(), cast.secretary(), cast.approver()):
        assert cast.browser(who).post(page(public, rest), {}).status_code == 403
    assert cast.browser(cast.clerk()).post(page(public, rest), {}).status_code == 422


def test_the_right_comes_before_the_state(of: Reception) -> None:
    for who in (cast.chair(), cast.technician()):
        with pytest.raises(Forbidden):
            publication.publish_version(of, "Đổi giờ", by=who, at=timezone.now())


def test_in_the_last_half_hour_chair_and_technician_publish_and_the_desk_does_not(public: Reception) -> None:
    start = timezone.now() + timedelta(minutes=20)
    Reception.objects.update(starts_at=start, ends_at=start + timedelta(hours=2))
    assert cast.browser(cast.secretary()).post(page(public, "phien-ban/cong-bo/"), {}).status_code == 403
    assert cast.browser(cast.chair()).post(page(public, "phien-ban/cong-bo/"), {}).status_code == 422
    refused = cast.browser(cast.clerk()).post(page(public, "phien-ban/cong-bo/"), {"note": "Đổi giờ"})
    assert refused.status_code == 409 and "Trong 30 phút trước giờ tiếp" in text(refused)
    assert "Công bố phiên bản 2" in text(cast.browser(cast.technician()).get(page(public)))


@pytest.mark.parametrize("rest", POSTS)
def test_nobody_else_changes_anything(of: Reception, rest: str) -> None:
    before = list(Reception.objects.values())
    data = {**slot(of), "confirm": "1", "reason": "Bão", "expected": "2030-01-01"}
    assert Client().post(page(of, rest), data).status_code in (302, 403)
    assert cast.browser(cast.outsider()).post(page(of, rest), data).status_code == 404
    assert cast.browser(cast.secretary()).post(page(of, rest), data).status_code in (403, 409, 422)
    assert list(Reception.objects.values()) == before and not Version.objects.exists()


def test_the_clerk_sees_what_the_public_will_read_and_publishes_it(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    words = text(desk.get(page(of)))
    assert "Công bố lịch" in words and "Chủ tịch UBND tỉnh" in words and "khoản 4 Điều 24 Luật Tiếp công dân" in words
    answer = desk.post(page(of, "cong-bo/"), follow=True)
    words = text(answer)
    assert answer.redirect_chain[-1][0] == page(of)
    assert "Đã công bố lịch, phiên bản 1." in words
    assert "Phiên bản 1 ·" in words and "công bố lần đầu" in words
    assert f"/cong-khai/{of.code}/" in words


def test_a_draft_says_why_it_cannot_be_published(of: Reception) -> None:
    Reception.objects.update(state="draft")
    desk = cast.browser(cast.clerk())
    words = text(desk.get(page(of)))
    assert "Chưa công bố được: kế hoạch chưa được duyệt." in words and "disabled" in words
    refused = desk.post(page(of, "cong-bo/"))
    assert refused.status_code == 409 and "Chưa công bố được: kế hoạch chưa được duyệt." in text(refused)


def test_personal_data_stands_on_the_page_before_it_is_refused(of: Reception) -> None:
    Matter.objects.update(public_title="Khiếu nại của bà Mai Thị Hợi")
    desk = cast.browser(cast.clerk())
    assert "«bà Mai Thị Hợi»" in text(desk.get(page(of))) or "«Mai Thị Hợi»" in text(desk.get(page(of)))
    refused = desk.post(page(of, "cong-bo/"))
    assert refused.status_code == 409 and "Danh mục công khai còn dữ liệu cá nhân" in text(refused)
    assert stage.fresh(of).state == "approved"


def test_j4_another_time_is_first_shown_then_published(public: Reception) -> None:
    desk = cast.browser(cast.clerk())
    shown = desk.post(page(public, "doi-lich/"), slot(public))
    words = text(shown)
    assert shown.status_code == 200 and '<del class="diff">' in words and '<ins class="diff">' in words
    assert f"Phải báo {public.invitations.count()} nơi" in words and "Công bố phiên bản 2" in words
    assert Version.objects.count() == 1
    assert desk.post(page(public, "doi-lich/"), slot(public, confirm="1")).status_code == 302
    words = text(desk.get(page(public)))
    assert "Phiên bản 2 ·" in words and "đổi thời gian" in words and "Lý do: Họp đột xuất" in words


def test_j4_too_early_is_refused_and_keeps_what_was_typed(public: Reception) -> None:
    tomorrow = localdate() + timedelta(days=1)
    data = slot(public, confirm="1", day=f"{tomorrow:%Y-%m-%d}", note="Sớm hơn cho kịp")
    answer = cast.browser(cast.clerk()).post(page(public, "doi-lich/"), data)
    words = text(answer)
    assert answer.status_code == 409 and "Dời lên sớm hơn phải còn đủ 05 ngày làm việc." in words
    assert "Sớm hơn cho kịp" in words and f'value="{tomorrow:%Y-%m-%d}"' in words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"day": ""}, "Chưa nhập ngày tiếp."),
        ({"day": "31/02/2027"}, "Hãy nhập ngày"),
        ({"starts": "25:00"}, "Hãy nhập giờ"),
        ({"note": ""}, "Chưa nhập lý do thay đổi."),
    ],
)
def test_wrong_input_is_said_at_its_field(public: Reception, data: dict[str, str], said: str) -> None:
    answer = cast.browser(cast.clerk()).post(page(public, "doi-lich/"), slot(public, place="Hội trường B", **data))
    assert answer.status_code == 422 and said in text(answer) and "Hội trường B" in text(answer)


def test_a_change_of_the_plan_waits_on_the_page_until_it_is_published(public: Reception) -> None:
    Reception.objects.update(help_phone="0299 3810 199")
    desk = cast.browser(cast.clerk())
    words = text(desk.get(page(public)))
    assert "Thay đổi chưa công bố" in words and "Điện thoại hỗ trợ" in words
    missing = desk.post(page(public, "phien-ban/cong-bo/"), {"note": ""})
    assert missing.status_code == 422 and "Chưa nhập lý do thay đổi." in text(missing)
    assert desk.post(page(public, "phien-ban/cong-bo/"), {"note": "Đổi số máy"}).status_code == 302
    assert Version.objects.count() == 2 and "trùng với phiên bản đã công bố" in text(desk.get(page(public)))


def test_j4_postponing_without_a_day_is_refused_with_the_article(public: Reception) -> None:
    desk = cast.browser(cast.clerk())
    answer = desk.post(page(public, "hoan/"), {"reason": "Bão số 9", "expected": ""})
    words = text(answer)
    assert answer.status_code == 422 and "Bão số 9" in words
    assert "Hoãn phải ghi lý do và thời gian dự kiến tiếp (khoản 4 Điều 24 Luật Tiếp công dân)." in words
    later = localdate(public.starts_at) + timedelta(days=7)
    assert desk.post(page(public, "hoan/"), {"reason": "Bão số 9", "expected": later}).status_code == 302
    words = text(desk.get(page(public)))
    assert "Lập lại kế hoạch" in words and "· hoãn" in words
    assert desk.post(page(public, "lap-lai/")).status_code == 302
    assert stage.fresh(public).state == "draft"


def test_cancelling_asks_on_a_page_of_its_own(public: Reception) -> None:
    desk = cast.browser(cast.clerk())
    assert f"Hủy buổi tiếp {public.code}" in text(desk.get(page(public, "huy/")))
    assert "Hủy phải ghi lý do." in text(desk.post(page(public, "huy/"), {"reason": ""}))
    assert desk.post(page(public, "huy/"), {"reason": "Công dân rút đơn"}).status_code == 302
    assert stage.fresh(public).state == "cancelled"
    assert "không làm được việc này" in text(desk.get(page(public, "huy/")))


def test_the_tab_is_marked(of: Reception) -> None:
    assert TAB == "receptions:versions"
    words = text(cast.browser(cast.clerk()).get(page(of)))
    assert f'<a href="{page(of)}" aria-current="page">Phiên bản</a>' in words


def test_queries_do_not_grow_with_the_versions(public: Reception, django_assert_max_num_queries: Any) -> None:
    desk, first = cast.browser(cast.clerk()), Version.objects.get()
    Version.objects.bulk_create(
        Version(
            reception=public,
            number=number,
            published_at=timezone.now(),
            published_by=cast.clerk(),
            public=first.public,
            plan=first.plan,
            differences=[{"what": "Thời gian", "before": "a", "after": "b", "touches": "all"}],
        )
        for number in range(2, 30)
    )
    with django_assert_max_num_queries(45):
        desk.get(page(public))
