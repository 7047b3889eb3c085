"""Pages of the running order: who sees what, and what stays on the page when it is refused (screen S11)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests import schedule_cast as stage
from tiepdan.kernel.text import masked_name
from tiepdan.receptions.models import AgendaItem, AgendaTemplate, Reception

pytestmark = pytest.mark.django_db
PAGES = ("", "them/", "nguoi-chu-tri/", "phieu-loi-dan/")


@pytest.fixture
def of() -> Reception:
    return stage.reception(state="draft", start=timezone.now() + timedelta(days=30))


def page(of: Reception, rest: str = "") -> str:
    return f"/buoi-tiep/{of.code}/kich-ban/{rest}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def item(of: Reception, name: str) -> AgendaItem:
    return of.agenda.get(stage=name)


@pytest.mark.parametrize("rest", PAGES)
def test_pages_are_for_those_who_belong_to_the_reception(of: Reception, rest: str) -> None:
    assert Client().get(page(of, rest)).status_code == 302
    assert cast.browser(cast.outsider()).get(page(of, rest)).status_code == 404
    for who in (cast.clerk(), cast.chair(), cast.secretary()):
        writes = who != cast.secretary() or rest != "them/"
        assert cast.browser(who).get(page(of, rest)).status_code == (200 if writes else 403)


def test_who_does_not_write_is_told_so_before_anything_typed_is_looked_at(of: Reception) -> None:
    one = item(of, "dialogue")
    reader = cast.browser(cast.secretary())
    assert reader.get(page(of, f"{one.pk}/")).status_code == 403
    for rest in ("bat-dau/", "them/", f"{one.pk}/", f"{one.pk}/xoa/", f"{one.pk}/chen-nghi/", f"{one.pk}/len/"):
        assert reader.post(page(of, rest), {"minutes": "không phải số"}).status_code == 403, rest


def test_a_citizen_who_speaks_has_no_name_for_those_who_only_see_the_reception(of: Reception) -> None:
    seat = item(of, "citizen").speaker
    assert seat is not None
    for rest in ("", "nguoi-chu-tri/", "phieu-loi-dan/"):
        for who in (cast.clerk(), cast.chair(), cast.secretary(), cast.technician(), cast.approver()):
            assert seat.full_name in text(cast.browser(who).get(page(of, rest))), rest
        for who in (cast.inspector(), cast.admin()):
            words = text(cast.browser(who).get(page(of, rest)))
            assert seat.full_name not in words and masked_name(seat.full_name) in words, rest


@pytest.mark.parametrize("rest", ["nguoi-chu-tri/", "phieu-loi-dan/"])
def test_the_chair_reads_from_when_to_when_and_about_which_case(of: Reception, rest: str) -> None:
    """With two matters the same stages come twice."""
    matter = of.matters.select_related("case").get()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(cast.browser(cast.chair()).get(page(of, rest)))))
    start = timezone.localtime(of.starts_at)
    assert f"{start:%H:%M} – {start + timedelta(minutes=5):%H:%M} · 5 phút" in words
    about = of.agenda.filter(matter=matter).count()
    assert about and words.count(matter.case.code) == about and matter.public_title in words


def test_the_page_shows_times_total_and_budgets(of: Reception) -> None:
    words = text(cast.browser(cast.clerk()).get(page(of)))
    assert "120 / 150 phút" in words and "Công dân: <strong>20 phút</strong>" in words
    assert "Xem như người chủ trì" in words and "Lưu làm mẫu" in words and "Chèn nghỉ" in words


def test_without_items_the_page_offers_the_eight_stages(of: Reception) -> None:
    of.agenda.all().delete()
    desk = cast.browser(cast.clerk())
    assert "Chưa có kịch bản. Bắt đầu từ mẫu 8 mục." in text(desk.get(page(of)))
    assert desk.post(page(of, "bat-dau/")).status_code == 302
    assert of.agenda.count() == 8


def test_who_only_reads_is_not_warned_of_what_they_never_do(of: Reception) -> None:
    assert "notice-warning" not in text(cast.browser(cast.secretary()).get(page(of)))
    Reception.objects.update(state="submitted")
    assert "Kế hoạch đang chờ duyệt. Bấm «Rút lại» trước khi sửa." in text(cast.browser(cast.clerk()).get(page(of)))


def test_problems_stand_on_the_page(of: Reception) -> None:
    of.agenda.filter(stage="opening").update(title="Khai mạc", words="")
    of.agenda.filter(stage="conclusion").update(order=0)
    words = text(cast.browser(cast.clerk()).get(page(of)))
    assert "Thiếu mục thông báo ghi âm, ghi hình." in words
    assert "Mục «Kết luận» phải đứng sau mục «Công dân trình bày»." in words


def test_an_item_is_moved_by_its_button(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    moved = desk.post(page(of, f"{item(of, 'citizen').pk}/len/"))
    assert moved["Location"] == f"{page(of)}#muc-{item(of, 'citizen').pk}"
    assert [row.stage for row in of.agenda.all()][:3] == ["opening", "citizen", "identity"]
    assert desk.post(page(of, f"{item(of, 'citizen').pk}/ngang/")).status_code == 404
    assert desk.get(page(of, f"{item(of, 'citizen').pk}/len/")).status_code in (404, 405)


def test_a_break_is_put_in_and_an_item_taken_out(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    desk.post(page(of, f"{item(of, 'dialogue').pk}/chen-nghi/"))
    assert of.agenda.filter(stage="break").count() == 1
    desk.post(page(of, f"{item(of, 'break').pk}/xoa/"))
    assert not of.agenda.filter(stage="break").exists()


def test_wrong_input_keeps_what_was_typed(of: Reception) -> None:
    answer = cast.browser(cast.clerk()).post(
        page(of, "them/"), {"stage": "dialogue", "title": "Đối thoại lần hai", "minutes": "x"}
    )
    assert answer.status_code == 422
    assert "Số phút là số nguyên." in text(answer) and "Đối thoại lần hai" in text(answer)
    assert of.agenda.count() == 8
    missing = cast.browser(cast.clerk()).post(page(of, "them/"), {"stage": "dialogue", "minutes": "5"})
    assert missing.status_code == 422 and "Chưa nhập nội dung." in text(missing)


def test_an_item_is_edited_on_its_own_page(of: Reception) -> None:
    desk, row = cast.browser(cast.clerk()), item(of, "dialogue")
    assert 'value="35"' in text(desk.get(page(of, f"{row.pk}/")))
    data = {"stage": "dialogue", "title": "Trao đổi <& 🙂", "minutes": "30", "words": "Mời các bên"}
    assert desk.post(page(of, f"{row.pk}/"), data).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.minutes) == ("Trao đổi <& 🙂", 30)
    assert "Trao đổi &lt;&amp; 🙂" in text(desk.get(page(of)))


def test_an_item_of_another_reception_does_not_exist_here(of: Reception) -> None:
    other = stage.reception("BT-2026-013", state="draft", start=timezone.now() + timedelta(days=60))
    desk = cast.browser(cast.clerk())
    strange = item(other, "citizen").pk
    assert desk.get(page(of, f"{strange}/")).status_code == 404
    assert desk.post(page(of, f"{strange}/xoa/")).status_code == 404
    assert other.agenda.count() == 8


def test_a_submitted_plan_says_why_the_script_is_closed(of: Reception) -> None:
    Reception.objects.update(state="submitted")
    desk = cast.browser(cast.clerk())
    words = text(desk.get(page(of)))
    assert "Kế hoạch đang chờ duyệt" in words and "Chèn nghỉ" not in words
    data = {"stage": "dialogue", "title": "Thêm nữa", "minutes": "5"}
    refused = desk.post(page(of, "them/"), data)
    assert refused.status_code == 409 and "Thêm nữa" in text(refused)


def test_templates_are_kept_and_used(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    assert desk.post(page(of, "luu-mau/"), {"name": "Mẫu định kỳ"}).status_code == 302
    again = desk.post(page(of, "luu-mau/"), {"name": "Mẫu định kỳ"})
    assert again.status_code == 409 and "Đã có mẫu «Mẫu định kỳ»" in text(again)
    template = AgendaTemplate.objects.get()
    refused = desk.post(page(of, "bat-dau/"), {"template": template.pk})
    assert refused.status_code == 409 and "Thay toàn bộ kịch bản hiện có" in text(refused)
    assert desk.post(page(of, "bat-dau/"), {"template": template.pk, "replace": "on"}).status_code == 302
    assert cast.browser(cast.chair()).post(page(of, f"mau/{template.pk}/xoa/")).status_code == 404
    assert desk.post(page(of, f"mau/{template.pk}/xoa/")).status_code == 302 and not AgendaTemplate.objects.exists()


def test_the_slips_of_the_chair_read_the_words_aloud(of: Reception) -> None:
    words = text(cast.browser(cast.chair()).get(page(of, "phieu-loi-dan/")))
    assert "Phiếu lời dẫn của người chủ trì" in words
    assert "được ghi âm, ghi hình toàn bộ theo Điều 24 Nghị định số 154/2026/NĐ-CP" in words


def test_queries_do_not_grow_with_the_script(of: Reception, django_assert_max_num_queries: Any) -> None:
    desk = cast.browser(cast.clerk())
    AgendaItem.objects.bulk_create(
        AgendaItem(reception=of, order=50 + n, title=f"Mục {n}", matter=of.matters.get()) for n in range(60)
    )
    with django_assert_max_num_queries(25):
        desk.get(page(of))
