"""The board «Giấy mời» of the desk, and «Giấy mời» of an agency that was invited (S14, J3 step 5)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.invitations import letters_cast as post
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import tasks_for
from tiepdan.audit.models import Entry
from tiepdan.documents.models import Document
from tiepdan.documents.word.text import paragraphs
from tiepdan.files.models import StoredFile
from tiepdan.invitations.actions import answers, sending
from tiepdan.invitations.models import Invitation
from tiepdan.kernel.dates import day_text
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Answer
from tiepdan.receptions.actions import schedule
from tiepdan.receptions.models import Reception, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def start(now: datetime) -> datetime:
    return now + timedelta(days=30)


def page(of: Reception, rest: str = "") -> str:
    return f"/buoi-tiep/{of.code}/giay-moi/{rest}"


def one(of: Reception, row: Invitation, rest: str = "") -> str:
    return page(of, f"{row.pk}/{rest}")


def desk() -> Client:
    return cast.browser(cast.clerk())


def officer() -> Client:
    return cast.browser(case_cast.department_officer())


# -- the desk


def test_a_stranger_an_outsider_and_the_right_people(now: datetime, start: datetime) -> None:
    of = post.ready(now, start=start)
    assert Client().get(page(of)).status_code == 302
    assert cast.browser(cast.outsider(Role.CLERK)).get(page(of)).status_code == 404
    assert desk().get(page(of)).status_code == 200
    assert cast.browser(cast.technician()).get(page(of)).status_code == 200


def test_the_board_counts_and_names_the_term(now: datetime, start: datetime) -> None:
    of = post.ready(now, start=start)
    text = desk().get(page(of)).content.decode()
    assert "đã gửi 0/4 · đã xác nhận 0/4" in text and "Hạn thông báo: " in text
    assert "Chưa gửi" in text and post.OFFICE_MAIL in text and stage.PEOPLE[0] in text


def test_the_page_of_the_plan_asks_for_the_papers_first_and_then_for_sending(now: datetime, start: datetime) -> None:
    of = post.published(now, start=start)
    text = desk().get(f"/buoi-tiep/{of.code}/").content.decode()
    assert "Chưa có giấy mời, thông báo cho 4 nơi nhận." in text and "Tạo bộ văn bản</a>" in text
    post.with_papers(of, now)
    text = desk().get(f"/buoi-tiep/{of.code}/").content.decode()
    assert "Còn 4 giấy mời, thông báo chưa gửi." in text and "Gửi giấy mời</a>" in text


def test_who_is_not_at_the_desk_reads_no_name_of_a_citizen_and_no_address(now: datetime, start: datetime) -> None:
    of = post.sent(now, start=start)
    text = cast.browser(cast.technician()).get(page(of)).content.decode()
    assert stage.PEOPLE[0] not in text and stage.ADDRESS not in text and post.OFFICE_MAIL not in text
    assert "Công dân" in text and "Gửi tất cả" not in text
    row = post.citizen(of)
    for rest in ("", "gui/", "gui-lai/", "cach-gui/", "giao-tay/", "goi/", "cho-ngoi/"):
        ask = cast.browser(cast.technician())
        answer = ask.get(one(of, row)) if not rest else ask.post(one(of, row, rest))
        assert answer.status_code == 404
    assert cast.browser(cast.technician()).get(page(of, "bang.xlsx")).status_code == 404
    assert cast.browser(cast.technician()).get(page(of, "xem-truoc/")).status_code == 404


def test_an_empty_board_says_what_to_do_and_the_button_says_why(now: datetime, start: datetime) -> None:
    of = stage.reception(state="draft", start=start)
    text = desk().get(page(of)).content.decode()
    assert "Chưa có giấy mời. Tạo bộ văn bản trước." in text


def test_a_reception_that_was_put_off_before_anybody_was_told_asks_for_nothing(now: datetime, start: datetime) -> None:
    of = post.published(now, start=start)
    assert "Mở tab «Văn bản»" in desk().get(page(of)).content.decode()
    schedule.postpone(
        stage.fresh(of), "Bão số 9", timezone.localdate(start) + timedelta(days=7), by=cast.clerk(), at=now
    )
    text = desk().get(page(of)).content.decode()
    assert "chưa ai nhận giấy mời, nên không phải gửi gì." in text
    assert "Mở tab «Văn bản»" not in text and "Hạn thông báo" not in text


@pytest.mark.parametrize(
    ("state", "channel", "opened"),
    [
        ("sent", "email", "Gọi xác nhận"),
        ("queued", "paper", "Giao tay"),
        ("queued", "axis", "Trục văn bản"),
        ("failed", "email", "Cách gửi, địa chỉ nhận"),
        ("acknowledged", "email", ""),
    ],
)
def test_of_one_receiver_the_next_thing_to_do_stands_open(
    now: datetime, start: datetime, state: str, channel: str, opened: str
) -> None:
    of = post.sent(now, start=start)
    row = post.office(of)
    Delivery.objects.filter(about_id=str(row.pk)).update(state=state, channel=channel)
    text = desk().get(one(of, row)).content.decode()
    assert re.findall(r"<details[^>]* open>\s*<summary>([^<]*)", text) == ([opened] if opened else [])
    assert len(re.findall(r'class="btn btn-primary"', text)) == bool(opened)


def test_number_preview_send_and_confirm(now: datetime, start: datetime) -> None:
    """J3, step 5."""
    of = post.published(now, start=start)
    post.with_papers(of, now, is_issued=False)
    text = desk().get(page(of)).content.decode()
    assert "Chưa gửi được: giấy mời chưa ký, chưa cấp số." in text and "disabled" in text
    refused = desk().post(page(of, "gui/"))
    assert refused.status_code == 409 and "chưa cấp số" in refused.content.decode()
    assert desk().post(page(of, "cap-so/")).status_code == 302
    preview = desk().get(page(of, "xem-truoc/")).content.decode()
    assert "Kính gửi: Sở Nông nghiệp và Môi trường" in preview and "Giấy mời số 01/GM-UBND gửi kèm" in preview
    post.without_pdf()
    assert desk().post(page(of, "gui/")).status_code == 302
    for row in Delivery.objects.filter(channel="email"):
        post.deliver(row, now)
    text = desk().get(page(of)).content.decode()
    assert "đã gửi 3/4" in text and "Chờ giao tay." in text
    mine = post.office(of)
    listed = officer().get("/giay-moi/").content.decode()
    assert of.code in listed and "Chưa xác nhận" in listed
    answer = officer().post(
        f"/giay-moi/{mine.pk}/xac-nhan/", {"who": "Bùi Thu Hằng", "attendees": "Bùi Thu Hằng, Phó Giám đốc\nVũ Lan"}
    )
    assert answer.status_code == 302
    text = desk().get(page(of)).content.decode()
    assert "Đã xác nhận" in text and "đã xác nhận 1/4" in text and "Bùi Thu Hằng, Phó Giám đốc" in text


def test_handing_over_with_a_photograph(now: datetime, start: datetime) -> None:
    of = post.ready(now, start=start)
    row = post.citizen(of)
    address = one(of, row, "giao-tay/")
    photo = SimpleUploadedFile("bien-nhan.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    empty = desk().post(address, {"note": ""})
    assert empty.status_code == 422 and "Chưa nhập đã giao cho ai, lúc nào." in empty.content.decode()
    wrong = desk().post(address, {"note": "ông Thịnh", "photo": SimpleUploadedFile("a.exe", b"MZ")})
    assert wrong.status_code == 422 and "ông Thịnh" in wrong.content.decode() and Delivery.objects.count() == 0
    assert desk().post(address, {"note": "ông Thịnh, 9 giờ", "photo": photo}).status_code == 302
    message = Delivery.objects.get()
    assert (message.state, message.handed_note) == ("delivered", "ông Thịnh, 9 giờ") and message.proof is not None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"channel": "email", "address": "khong-phai-thu"}, "Địa chỉ thư điện tử viết sai"),
        ({"channel": "email", "address": ""}, "Chưa nhập địa chỉ nhận."),
        ({"channel": "sms", "address": "abc"}, "Số điện thoại phải có từ 8 đến 15 chữ số."),
    ],
)
def test_a_bad_address_is_kept_in_the_form(
    now: datetime, start: datetime, fields: dict[str, str], sentence: str
) -> None:
    of = post.ready(now, start=start)
    answer = desk().post(one(of, post.office(of), "cach-gui/"), fields)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert fields["address"] in answer.content.decode()


def test_the_call_and_the_seats(now: datetime, start: datetime) -> None:
    of = post.sent(now, start=start)
    row = post.office(of, "thanh-loc")
    bad = desk().post(one(of, row, "goi/"), {"result": "declined", "who": "ông Tám"})
    assert bad.status_code == 422 and "Chưa nhập lý do không dự." in bad.content.decode()
    good = {"result": "coming", "who": "ông Tám", "attendees": "Lý Văn Tám, Chủ tịch xã"}
    assert desk().post(one(of, row, "goi/"), good).status_code == 302
    assert "Đưa vào danh sách chỗ ngồi" in desk().get(one(of, row)).content.decode()
    assert desk().post(one(of, row, "cho-ngoi/")).status_code == 302
    seat = Seat.objects.get(full_name="Lý Văn Tám")
    assert (seat.role, seat.hall.point.slug) == ("officer", "xa-thanh-loc")


def test_a_call_that_nobody_answered_leaves_a_note(now: datetime, start: datetime) -> None:
    of = post.sent(now, start=start)
    row = post.office(of, "thanh-loc")
    empty = desk().post(one(of, row, "goi/"), {"result": "none"})
    assert empty.status_code == 422 and "Chưa nhập ghi chú" in empty.content.decode()
    assert desk().post(one(of, row, "goi/"), {"result": "coming"}).status_code == 422
    note = {"result": "none", "reason": "0299 3822 101 không nghe máy, gọi lại 14 giờ"}
    assert desk().post(one(of, row, "goi/"), note).status_code == 302
    assert post.row_of(of, row, now).state_label == "Đã gửi"
    assert note["reason"] in desk().get(page(of)).content.decode()
    assert note["reason"] in desk().get(one(of, row)).content.decode()
    assert note["reason"] not in cast.browser(cast.technician()).get(page(of)).content.decode()
    assert Entry.objects.filter(event="invitation.called").count() == 1


def test_by_the_axis_of_documents(now: datetime, start: datetime) -> None:
    of = post.ready(now, start=start)
    row, citizen = post.office(of), post.citizen(of)
    assert desk().post(one(of, row, "cach-gui/"), {"channel": "axis", "address": "H42.12"}).status_code == 302
    refused = desk().post(one(of, citizen, "cach-gui/"), {"channel": "axis", "address": ""})
    assert refused.status_code == 422 and "Trục văn bản chỉ nối các cơ quan" in refused.content.decode()
    assert "Ghi nhận đã gửi qua trục" in desk().get(one(of, row)).content.decode()
    sent = {"number": "01/GM-UBND", "sent_at": f"{timezone.localtime(now):%Y-%m-%dT%H:%M}"}
    for bad, sentence in (
        ({**sent, "number": ""}, "Chưa nhập số văn bản trên trục."),
        ({**sent, "sent_at": "x"}, "08:30"),
    ):
        answer = desk().post(one(of, row, "truc/"), bad)
        assert answer.status_code == 422 and sentence in answer.content.decode()
    assert desk().post(one(of, row, "truc/"), sent).status_code == 302
    message = Delivery.objects.get()
    assert (message.channel, message.state, message.message_id) == ("axis", "sent", "01/GM-UBND")
    assert "Ghi nhận đã gửi qua trục" not in desk().get(one(of, row)).content.decode()
    assert of.code in officer().get("/giay-moi/").content.decode()
    assert "đã gửi 1/4" in desk().get(page(of)).content.decode()


def test_send_all_leaves_the_axis_to_the_clerk(now: datetime, start: datetime) -> None:
    of = post.ready(now, start=start)
    sending.set_way(post.office(of), "axis", "", by=cast.clerk(), at=now)
    sending.send_all(of, by=cast.clerk(), at=now)
    assert "Chờ ghi nhận gửi qua trục." in desk().get(page(of)).content.decode()
    sending.record_axis(post.office(of), "01/GM-UBND", now, by=cast.clerk(), at=now)
    assert post.row_of(of, post.office(of), now).is_told


def test_the_record_to_be_signed_where_the_paper_is_handed_over(now: datetime, start: datetime) -> None:
    of = post.published(now, start=start)
    post.with_papers(of, now, is_issued=False)
    row = post.citizen(of)
    refused = desk().post(one(of, row, "bien-ban-giao/"))
    assert refused.status_code == 409 and "giấy mời chưa ký, chưa cấp số" in refused.content.decode()
    sending.issue_papers(of, by=cast.clerk(), at=now)
    assert "Lập biên bản giao" in desk().get(one(of, row)).content.decode()
    answer = desk().post(one(of, row, "bien-ban-giao/"))
    paper = Document.objects.get(kind="handover")
    assert answer.status_code == 302 and answer["Location"] == f"/van-ban/{paper.pk}/"
    letter = Document.objects.get(kind="citizen_notice")
    assert paper.facts["so_van_ban"] == letter.code and paper.facts["ben_nhan"] == stage.PEOPLE[0]
    assert stage.PEOPLE[0] not in paper.title + paper.receiver
    assert cast.browser(cast.technician()).post(one(of, row, "bien-ban-giao/")).status_code == 404


def test_the_pilot_prints_the_password_in_the_letter(now: datetime, start: datetime) -> None:
    """Điểm b khoản 1 Điều 6 QĐ 764: the letter holds the sign-in; the file with the password is kept nowhere."""
    of = post.ready(now, start=start)
    place = post.office(of).hall
    assert place is not None
    halls, technician = f"/buoi-tiep/{of.code}/diem-cau/{place.pk}/", cast.browser(cast.technician())
    plain = technician.post(f"{halls}cap-tai-khoan/").content.decode()
    assert "In mật khẩu trong giấy mời" not in plain
    refused = technician.post(f"{halls}giay-moi-mat-khau/", {"password": "x"})
    assert refused.status_code == 409 and "thí điểm QĐ 764/2025" in refused.content.decode()
    Reception.objects.filter(pk=of.pk).update(profile="qd764-2025")
    shown = technician.post(f"{halls}cap-tai-khoan/").content.decode()
    assert "In mật khẩu trong giấy mời" in shown
    password = shown.split('name="password" value="')[1].split('"')[0]
    stale = technician.post(f"{halls}giay-moi-mat-khau/", {"password": "sai-mat-khau"})
    assert stale.status_code == 409 and "không còn dùng được" in stale.content.decode()
    kept = StoredFile.objects.count()
    answer = technician.post(f"{halls}giay-moi-mat-khau/", {"password": password})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    words = " ".join(paragraphs(answer.content))
    assert f"mật khẩu {password}" in words and "phiếu riêng" not in words
    assert StoredFile.objects.count() == kept
    assert password not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert desk().post(f"{halls}giay-moi-mat-khau/", {"password": password}).status_code == 403


def test_what_the_refresh_brings(now: datetime, start: datetime) -> None:
    """The button «Gửi tất cả» and the reason why it refuses are as fresh as the table."""
    of = post.published(now, start=start)
    text = desk().get(page(of)).content.decode()
    assert 'hx-select-oob="#board-actions,#board-before"' in text and 'id="board-actions"' in text
    assert 'id="board-before"' in text and "Mở tab «Văn bản»" in text
    assert 'id="board-before"' in cast.browser(cast.technician()).get(page(of)).content.decode()


def test_the_table_as_excel(now: datetime, start: datetime) -> None:
    of = post.sent(now, start=start)
    answer = desk().get(page(of, "bang.xlsx"))
    book = openpyxl.load_workbook(BytesIO(answer.content))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert len(rows) == 5 and {row[0] for row in rows[1:]} == set(of.invitations.values_list("receiver", flat=True))


def test_tasks_of_the_clerk_and_of_the_officer(now: datetime, start: datetime) -> None:
    of = post.sent(now, start=start)
    mine = [task.verb for task in tasks_for(cast.clerk(), now) if task.key.startswith("invitations.unconfirmed")]
    assert mine == ["4 giấy mời chưa xác nhận: gửi hoặc gọi xác nhận"]
    theirs = [task for task in tasks_for(case_cast.department_officer(), now) if task.key.startswith("invitations.inv")]
    assert [task.address for task in theirs] == [f"/giay-moi/{post.office(of).pk}/"]
    answers.record_call(post.office(of), Answer(True, "Hằng"), by=cast.clerk(), at=now)
    theirs = [task for task in tasks_for(case_cast.department_officer(), now) if task.key.startswith("invitations.inv")]
    assert theirs == []


# -- the invited agency


def test_an_agency_sees_only_what_was_sent_to_it(now: datetime, start: datetime) -> None:
    of = post.ready(now, start=start)
    mine, other = post.office(of), post.office(of, "thanh-loc")
    assert "Chưa có giấy mời nào" in officer().get("/giay-moi/").content.decode()
    assert officer().get(f"/giay-moi/{mine.pk}/").status_code == 404
    sending.send_all(of, by=cast.clerk(), at=now)
    assert officer().get(f"/giay-moi/{mine.pk}/").status_code == 200
    for address in (f"/giay-moi/{other.pk}/", f"/giay-moi/{post.citizen(of).pk}/", "/giay-moi/999999/"):
        assert officer().get(address).status_code == 404
    assert officer().post(f"/giay-moi/{other.pk}/xac-nhan/", {"who": "x"}).status_code == 404
    assert Client().get(f"/giay-moi/{mine.pk}/").status_code == 302
    assert cast.browser(cast.technician()).get(f"/giay-moi/{mine.pk}/").status_code == 404


def test_reading_marks_it_opened_and_the_paper_may_be_taken(now: datetime, start: datetime) -> None:
    of = post.sent(now, start=start)
    mine = post.office(of)
    officer().head(f"/giay-moi/{mine.pk}/")
    assert Delivery.objects.get(about_id=str(mine.pk)).state == "sent"
    officer().get(f"/giay-moi/{mine.pk}/")
    message = Delivery.objects.get(about_id=str(mine.pk))
    assert message.state == "opened"
    stored = message.files.get()
    assert officer().get(f"/giay-moi/{mine.pk}/tep/{stored.pk}/").status_code == 200
    assert officer().get(f"/giay-moi/{mine.pk}/tep/{stored.pk + 1000}/").status_code == 404


def test_an_invitation_says_that_its_reception_is_not_held(now: datetime, start: datetime) -> None:
    """The letter about it may still wait in the outbox, the public page says so already."""
    of = post.sent(now, start=start)
    address, later = f"/giay-moi/{post.office(of).pk}/", timezone.localdate(start) + timedelta(days=7)
    assert "đã hoãn" not in officer().get(address).content.decode()
    schedule.postpone(stage.fresh(of), "Bão số 9", later, by=cast.clerk(), at=now)
    text = officer().get(address).content.decode()
    assert "Buổi tiếp này đã hoãn." in text and "Lý do: Bão số 9" in text and day_text(later) in text
    schedule.cancel(stage.fresh(of), "Công dân rút đơn", by=cast.clerk(), at=now)
    text = officer().get(address).content.decode()
    assert "Buổi tiếp này không tổ chức." in text and "Lý do: Công dân rút đơn" in text


def test_the_adviser_who_does_not_come_sends_somebody(now: datetime, start: datetime) -> None:
    of = post.sent(now, start=start)
    mine = post.office(of)
    address = f"/giay-moi/{mine.pk}/khong-du/"
    answer = officer().post(address, {"who": "Hằng", "reason": "đi công tác", "substitute": ""})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Cơ quan tham mưu bắt buộc có mặt; hãy cử người thay." in text
    assert "đi công tác" in text
    done = officer().post(address, {"who": "Hằng", "reason": "đi công tác", "substitute": "Trần B"})
    assert done.status_code == 302 and post.office(of).substitute == "Trần B"


def test_the_list_filters_and_its_queries_do_not_grow(
    now: datetime, start: datetime, django_assert_max_num_queries: Any
) -> None:
    of = post.sent(now, start=start)
    client = officer()
    for query in ("q=dat", "q=boi thuong", "answer=chua"):
        assert of.code in client.get(f"/giay-moi/?{query}").content.decode()
    for query in ("q=khong-co", "answer=du", "answer=khong"):
        assert of.code not in client.get(f"/giay-moi/?{query}").content.decode()
    with django_assert_max_num_queries(16):
        client.get("/giay-moi/")
