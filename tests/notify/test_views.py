"""«Hộp gửi», and the page behind a receiver's own link."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.notify.letters import NOW, draft, fresh, queued
from tiepdan.accounts.rules import Role
from tiepdan.files.actions import keep
from tiepdan.notify import actions
from tiepdan.notify.models import Delivery

pytestmark = pytest.mark.django_db
BOX = "/hop-gui/"


def desk() -> Client:
    return cast.browser(cast.clerk())


def sent(**fields: Any) -> Delivery:
    row = queued(wants_answer=True, **fields)
    Delivery.objects.filter(pk=row.pk).update(state="sent", sent_at=NOW, due_at=None)
    return fresh(row)


# -- the bell


def test_an_answer_is_news_for_the_desk_that_sent_it() -> None:
    row = sent()
    actions.acknowledge(row, "Lý Văn Tám", at=timezone.now())
    answer = desk().get("/thong-bao/")
    assert answer.status_code == 200 and f"/hop-gui/{row.pk}/" in answer.content.decode()
    assert desk().get("/thong-bao/so/").status_code == 200


# -- the outbox


def test_who_sees_the_outbox() -> None:
    row = draft()
    assert Client().get(BOX).status_code == 302
    assert cast.browser(cast.chair()).get(BOX).status_code == 403
    other = cast.browser(cast.outsider(Role.CLERK))
    assert row.receiver not in other.get(BOX).content.decode()
    for address in ("", "dia-chi/", "gui-lai/", "da-den/", "giao-tay/"):
        ask = other.post if address else other.get
        assert ask(f"{BOX}{row.pk}/{address}").status_code == 404
    assert row.receiver in desk().get(BOX).content.decode()


def test_an_administrator_sees_only_what_is_stuck_and_sends_nothing() -> None:
    row, bad = draft(1), queued(2)
    Delivery.objects.filter(pk=bad.pk).update(state="failed", problem="Gửi không được tới …")
    admin = cast.browser(cast.admin())
    text = admin.get(BOX).content.decode()
    assert row.address not in text and "Gửi không được tới …" in text and "Gửi tất cả" not in text
    assert admin.get(f"{BOX}{row.pk}/").status_code == 404 and admin.get(f"{BOX}{bad.pk}/").status_code == 200
    assert admin.post(f"{BOX}{bad.pk}/gui-lai/").status_code == 404
    assert admin.post(f"{BOX}gui/", {"all": "1"}).status_code == 403


def test_one_look_then_all_leave() -> None:
    rows = [draft(number) for number in (1, 2, 3)]
    text = desk().get(BOX).content.decode()
    assert "Gửi tất cả (3)" in text and "3 thư chờ xem lại" in text
    answer = desk().post(f"{BOX}gui/", {"all": "1"}, follow=True)
    assert "Đã cho gửi 3 thư" in answer.content.decode()
    assert {fresh(row).state for row in rows} == {"queued"}
    text = desk().get(BOX).content.decode()
    assert "Không có thư nào chờ xem lại." in text and "Chưa cấu hình máy chủ thư điện tử" in text


def test_all_means_all_of_the_filter_on_the_screen() -> None:
    wanted, other = draft(1, receiver="UBND phường Hòa Bình"), draft(2)
    assert desk().post(f"{BOX}gui/?q=hoa+binh", {"all": "1"}).status_code == 302
    assert (fresh(wanted).state, fresh(other).state) == ("queued", "draft")


def test_ticked_ones_leave_or_are_dropped_and_foreign_ones_are_not_touched() -> None:
    mine, second = draft(1), draft(2)
    foreign = draft(3, agency=cast.elsewhere(), by=cast.outsider(Role.CLERK))
    desk().post(f"{BOX}gui/", {"pk": [mine.pk, foreign.pk]})
    desk().post(f"{BOX}bo/", {"pk": [second.pk]})
    assert [fresh(row).state for row in (mine, second, foreign)] == ["queued", "dropped", "draft"]
    nothing = desk().post(f"{BOX}gui/", {"pk": ["x"]})
    assert nothing.status_code == 422 and "Chưa chọn thư nào" in nothing.content.decode()


def test_search_filter_and_paging_with_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        draft(number, receiver=f"UBND xã Đồng Lạc {number}")
    client = desk()
    assert "Trang 1/2" in client.get(f"{BOX}?q=dong+lac").content.decode()
    assert "UBND xã Đồng Lạc 59" in client.get(f"{BOX}?q=59").content.decode()
    assert "Chưa có thư nào trong hộp gửi." in client.get(f"{BOX}?q=khong").content.decode()
    for query in ("state=van-de", "state=draft", "topic=invitation", "state=bậy", "page=99"):
        assert client.get(f"{BOX}?{query}").status_code == 200
    with django_assert_max_num_queries(15):
        client.get(BOX)


def test_one_message_and_its_buttons() -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state="failed", problem="Gửi không được tới a@b")
    text = desk().get(f"{BOX}{row.pk}/").content.decode()
    assert "Gửi không được tới a@b" in text and "Gửi lại" in text and "Ghi nhận đã giao tay" in text
    bad = desk().post(f"{BOX}{row.pk}/dia-chi/", {"channel": "email", "address": "sai"})
    assert bad.status_code == 422 and 'value="sai"' in bad.content.decode()
    desk().post(f"{BOX}{row.pk}/dia-chi/", {"channel": "email", "address": "dung@x.vn"})
    desk().post(f"{BOX}{row.pk}/gui-lai/")
    assert (fresh(row).state, fresh(row).address) == ("queued", "dung@x.vn")


def test_a_doubtful_message_asks_a_person() -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(is_unsure=True, sending_at=NOW, due_at=None)
    text = desk().get(f"{BOX}{row.pk}/").content.decode()
    assert "Không rõ đã gửi chưa" in text and "Đã đến nơi" in text
    desk().post(f"{BOX}{row.pk}/da-den/")
    assert fresh(row).state == "delivered"


def test_handing_over_keeps_what_was_typed_when_the_photograph_is_none() -> None:
    row = queued(channel="paper")
    address = f"{BOX}{row.pk}/giao-tay/"
    wrong = SimpleUploadedFile("a.png", b"khong phai anh")
    answer = desk().post(address, {"note": "bà Mai", "photo": wrong})
    assert answer.status_code == 422 and "bà Mai" in answer.content.decode() and fresh(row).state == "queued"
    photo = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"0" * 50)
    assert desk().post(address, {"note": "bà Mai", "photo": photo}).status_code == 302
    row = fresh(row)
    assert row.state == "delivered" and row.proof is not None
    assert desk().get(f"{BOX}{row.pk}/tep/{row.proof.pk}/").status_code == 200
    assert cast.browser(cast.outsider(Role.CLERK)).get(f"{BOX}{row.pk}/tep/{row.proof.pk}/").status_code == 404


def test_the_list_as_excel_has_no_formulas() -> None:
    draft(1, receiver="=HYPERLINK(1)")
    book = openpyxl.load_workbook(BytesIO(desk().get(f"{BOX}bang.xlsx").content))
    cell = book.active["B2"]  # type: ignore[index]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


# -- the receiver


def test_the_link_shows_the_own_letter_and_nothing_else() -> None:
    paper = keep(b"%PDF-1.7 x", agency=cast.province(), by=None, at=NOW, name="moi.pdf")
    other, row = sent(number=2), sent(files=[paper])
    answer = Client().get(f"/nhan/{row.token}/")
    text = answer.content.decode()
    assert "Kính mời dự buổi tiếp" in text and "Xác nhận tham dự" in text and other.token not in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies
    assert Client().get(f"/nhan/{row.token}/tep/{paper.pk}/").status_code == 200
    assert Client().get(f"/nhan/{other.token}/tep/{paper.pk}/").status_code == 404


def test_unknown_links_and_letters_that_never_left_do_not_exist() -> None:
    row = draft(wants_answer=True)
    for token in (row.token, "x" * 64, "x" * 63, "khong", row.token.swapcase()):
        assert Client().get(f"/nhan/{token}/").status_code == 404
        assert Client().post(f"/nhan/{token}/xac-nhan/", {"who": "x"}).status_code == 404


def test_reading_marks_opened_once_and_confirms_nothing() -> None:
    row = sent()
    Client().head(f"/nhan/{row.token}/")
    Client().get(f"/nhan/{row.token}/", headers={"sec-purpose": "prefetch;prerender"})
    assert fresh(row).state == "sent"
    Client().get(f"/nhan/{row.token}/")
    opened = fresh(row).opened_at
    Client().get(f"/nhan/{row.token}/")
    assert (fresh(row).state, fresh(row).opened_at) == ("opened", opened) and opened is not None


def test_coming_and_not_coming() -> None:
    row = sent()
    address = f"/nhan/{row.token}/"
    empty = Client().post(f"{address}xac-nhan/", {"who": "", "attendees": "Trần Văn A, Chủ tịch"})
    assert empty.status_code == 422 and "Chưa nhập họ tên người xác nhận." in empty.content.decode()
    assert "Trần Văn A, Chủ tịch" in empty.content.decode()
    Client().post(f"{address}xac-nhan/", {"who": "Lý Văn Tám", "attendees": "Trần Văn A, Chủ tịch\n\n Lý B"})
    row = fresh(row)
    assert (row.state, row.acknowledged_by, row.answer) == ("acknowledged", "Lý Văn Tám", "Trần Văn A (Chủ tịch); Lý B")
    assert "Đã xác nhận tham dự" in Client().get(address).content.decode()
    Client().post(f"{address}khong-du/", {"who": "Tám", "reason": "lũ lụt", "substitute": ""})
    assert (fresh(row).state, fresh(row).answer) == ("declined", "Lý do: lũ lụt")


def test_too_many_people_are_not_taken() -> None:
    row = sent()
    many = "\n".join(f"Người {number}" for number in range(31))
    answer = Client().post(f"/nhan/{row.token}/xac-nhan/", {"who": "A", "attendees": many})
    assert answer.status_code == 422 and "nhiều nhất 30 người" in answer.content.decode()


def test_an_older_letter_leads_to_the_newer_one_and_takes_no_answer() -> None:
    old, newer = sent(), sent(number=2)
    assert newer.about_id == old.about_id
    text = Client().get(f"/nhan/{old.token}/").content.decode()
    assert "thay bằng thông báo mới hơn" in text and "Xác nhận tham dự" not in text
    answer = Client().post(f"/nhan/{old.token}/xac-nhan/", {"who": "A"})
    assert answer.status_code == 409 and fresh(old).state == "opened"


def test_a_letter_that_asks_nothing_takes_no_answer() -> None:
    row = sent()
    Delivery.objects.filter(pk=row.pk).update(wants_answer=False)
    assert "Xác nhận tham dự" not in Client().get(f"/nhan/{row.token}/").content.decode()
    assert Client().post(f"/nhan/{row.token}/xac-nhan/", {"who": "A"}).status_code == 404


def test_a_post_without_the_token_of_the_form_is_refused() -> None:
    row = sent()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/nhan/{row.token}/xac-nhan/", {"who": "A"}).status_code == 403
