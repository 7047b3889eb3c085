"""Who is told of a reception, in what words, and what a change does (khoản 1 Điều 23 NĐ 154/2026; S14, J4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.invitations import letters_cast as post
from tests.schedule_cast import NOW
from tiepdan.audit.models import Entry
from tiepdan.cases.rules import Standing
from tiepdan.documents.actions import draft
from tiepdan.documents.models import Document
from tiepdan.invitations import receivers
from tiepdan.invitations.actions import answers, changes, sending
from tiepdan.invitations.actions.receivers import refresh
from tiepdan.invitations.board import PDF_COMING, board_of
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.papers import citizen_notice, invitation
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Answer
from tiepdan.receptions.models import Seat

pytestmark = pytest.mark.django_db


def clerk() -> dict[str, Any]:
    return {"by": cast.clerk(), "at": NOW}


# -- who


def test_each_hall_each_further_agency_and_the_citizen_are_told() -> None:
    of = post.published()
    rows = {row.receiver: row for row in of.invitations.all()}
    assert set(rows) == {"UBND tỉnh Minh Châu", "UBND xã Thanh Lộc", "Sở Nông nghiệp và Môi trường", stage.PEOPLE[0]}
    office = rows["Sở Nông nghiệp và Môi trường"]
    assert (office.is_advising, office.channel, office.address) == (True, "email", post.OFFICE_MAIL)
    assert (office.hall.point.slug if office.hall else "") == "so-nnmt"
    someone = rows[stage.PEOPLE[0]]
    assert (someone.channel, someone.address) == ("paper", stage.ADDRESS)
    assert someone.hall is not None and someone.hall.point.slug == "xa-thanh-loc"


def test_an_advising_agency_without_a_hall_is_told_too() -> None:
    of = stage.reception()
    case = of.matters.get().case
    advising = cast.agency("thanh-tra", "Thanh tra tỉnh")
    type(case).objects.filter(pk=case.pk).update(advising_agency=advising)
    refresh(stage.fresh(of), at=NOW)
    row = of.invitations.get(agency=advising)
    assert (row.is_advising, row.hall, receivers.part_of(row)) == (True, None, f"i{row.pk}")


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([("A", {}), ("B", {})], ["A"]),
        ([("A", {}), ("B", {"is_representative": True}), ("C", {"is_representative": True})], ["B", "C"]),
        ([("A", {}), ("B", {"standing": Standing.PROXY})], ["B"]),
        ([("A", {}), ("B", {"standing": Standing.LAWYER})], ["A"]),
    ],
)
def test_a_group_is_told_through_its_representatives_an_authorised_person_in_place_of_the_petitioner(
    people: list[tuple[str, dict[str, Any]]], told: list[str]
) -> None:
    """Khoản 3, khoản 4 Điều 22 NĐ 154/2026; Điều 29 Luật Tiếp công dân."""
    case = case_cast.case("VV-2026-0099", people=[people[0][0]])
    for name, fields in people[1:]:
        case_cast.petitioner(case, name, number="036085009999", **fields)
    assert [one.full_name for one in receivers.people_of(case)] == told


def test_asking_again_makes_nobody_twice_and_takes_out_who_was_never_told() -> None:
    of = post.published()
    before = set(of.invitations.values_list("pk", flat=True))
    refresh(of, at=NOW)
    assert set(of.invitations.values_list("pk", flat=True)) == before
    of.halls.get(point__slug="xa-thanh-loc").seats.all().delete()
    of.matters.update(chosen=None)
    of.halls.get(point__slug="xa-thanh-loc").delete()
    refresh(of, at=NOW)
    assert not of.invitations.filter(agency=cast.commune()).exists()


def test_the_address_of_the_last_time_is_proposed() -> None:
    of = post.published()
    sending.set_way(post.office(of), "email", "tiepdan@snnmt.test", **clerk())
    other = stage.reception("BT-2026-013", start=stage.START + timedelta(days=7))
    refresh(stage.fresh(other), at=NOW)
    assert other.invitations.get(agency=case_cast.department()).address == "tiepdan@snnmt.test"


def test_the_log_names_no_citizen() -> None:
    post.sent()
    texts = [f"{row.about_label} {row.facts} {row.search}" for row in Entry.objects.all()]
    assert not [text for text in texts if "Thịnh" in text or "mai van thinh" in text]


# -- the letters


def test_the_guide_of_the_hall_goes_with_its_letter() -> None:
    of = post.ready()
    mine = post.office(of)
    guide = draft("point_guide", of, f"p{mine.hall_id}", pdf=False, **clerk())
    sending.send_all(of, **clerk())
    names = {row.receiver: set(row.files.values_list("pk", flat=True)) for row in Delivery.objects.all()}
    assert guide.docx_id in names[mine.receiver] and len(names[mine.receiver]) == 2
    assert [len(files) for receiver, files in names.items() if receiver != mine.receiver] == [1, 1, 1]


def test_the_letter_says_what_the_decree_and_the_pilot_ask_for() -> None:
    """Điểm b khoản 1 Điều 6 QĐ 764: time, sign-in, number and list of halls, tests."""
    of = post.ready()
    sending.send_all(of, **clerk())
    body = Delivery.objects.get(receiver="Sở Nông nghiệp và Môi trường").body
    for words in (
        "08:30, thứ Năm 17/12/2026",
        "Chủ tịch UBND tỉnh",
        "- Xã Thanh Lộc, Trụ sở UBND xã Thanh Lộc",
        "Kết nối thử: chậm nhất hết thứ Tư 16/12/2026",
        "Tên đăng nhập của điểm cầu: so-nnmt",
        "bắt buộc có mặt tại điểm cầu trung tâm (khoản 1 Điều 22 NĐ 154/2026)",
        stage.PHONE,
    ):
        assert words in body
    assert "\n\n\n" not in body
    # Citizens stand in no letter but their own.
    assert not [row for row in Delivery.objects.exclude(topic="citizen_notice") if "Thịnh" in row.body]


def test_the_citizens_notice_tells_the_recording_as_a_duty_and_asks_for_no_consent() -> None:
    of = post.ready()
    sending.send_all(of, **clerk())
    body = Delivery.objects.get(topic="citizen_notice").body
    assert "được ghi âm, ghi hình" in body and "Điều 24" in body and "đồng ý" not in body
    assert f"Ông/Bà {stage.PEOPLE[0]}" in body and "tại" in body.lower()


def test_the_facts_of_both_papers() -> None:
    of = post.published()
    office = invitation(of, of.halls.get(point__slug="so-nnmt").key, NOW)
    assert office["kinh_moi"] == "Sở Nông nghiệp và Môi trường" and office["ten_dang_nhap"] == "so-nnmt"
    assert len(office["danh_sach_diem_cau"]) == 3 and "Thịnh" not in str(office)
    notice = citizen_notice(of, f"c{post.citizen(of).pk}", NOW)
    assert notice["cong_dan"] == stage.PEOPLE[0] and notice["diem_cau_ten"] == "Điểm cầu xã Thanh Lộc"
    assert "Điều 24" in notice["ghi_am"]
    with pytest.raises(Refused):
        citizen_notice(of, "c999999", NOW)


def test_an_office_does_not_invite_itself() -> None:
    of = post.published()
    post.with_papers(of, is_issued=False)
    letters = Document.objects.filter(kind="invitation")
    invited = {one.facts["loai_diem_cau"]: one.facts["kinh_moi"] for one in letters}
    assert invited["trung tâm"].startswith("các thành phần tham dự tại điểm cầu ")
    assert invited["thành phần"] in (
        "Sở Nông nghiệp và Môi trường",
        "Ủy ban nhân dân xã Thanh Lộc",
        "UBND xã Thanh Lộc",
    )


# -- sending


def test_nothing_leaves_without_a_number() -> None:
    of = post.published()
    assert board_of(of, NOW).refusal == "Chưa có giấy mời. Tạo bộ văn bản trước."
    post.with_papers(of, is_issued=False)
    with pytest.raises(Refused, match="Chưa gửi được: giấy mời chưa ký, chưa cấp số"):
        sending.send_all(of, **clerk())
    assert Delivery.objects.count() == 0
    assert sending.issue_papers(of, **clerk()) == 4
    Document.objects.filter(docx__isnull=False).update(due_at=NOW)  # the worker is to make their PDFs
    assert board_of(of, NOW).refusal == PDF_COMING
    with pytest.raises(Refused, match="Đang tạo bản PDF của giấy mời"):
        sending.send_all(of, **clerk())
    post.without_pdf()
    assert sending.send_all(of, **clerk()) == 4


def test_numbers_are_given_only_after_the_approval() -> None:
    post.with_addresses()
    of = stage.fresh(stage.reception(state="submitted"))
    post.with_papers(of, is_issued=False)
    with pytest.raises(Refused, match="kế hoạch chưa được duyệt"):
        sending.issue_papers(of, **clerk())


def test_a_letter_older_than_the_plan_does_not_leave() -> None:
    of = post.ready()
    type(of).objects.filter(pk=of.pk).update(starts_at=stage.START + timedelta(hours=1))
    with pytest.raises(Refused, match=r"Giấy mời khác kế hoạch hiện nay .thời gian"):
        sending.send_all(stage.fresh(of), **clerk())


def test_all_letters_leave_once_with_their_paper_and_the_deadline_of_the_law() -> None:
    of = post.ready()
    sending.send_all(of, **clerk())
    row = Delivery.objects.get(receiver="Sở Nông nghiệp và Môi trường")
    assert (row.state, row.topic, row.wants_answer, row.files.count()) == ("queued", "invitation", True, 1)
    assert row.key == f"invitation:{post.office(of).pk}:v1:email"
    assert row.deadline is not None and row.deadline.isoformat() == "2026-12-10T16:59:59+00:00"
    with pytest.raises(Refused, match="Không còn giấy mời nào chờ gửi"):
        sending.send_all(of, **clerk())
    assert Delivery.objects.count() == 4


def test_a_receiver_without_an_address_stops_all_and_is_named() -> None:
    of = post.ready()
    Invitation.objects.filter(pk=post.office(of).pk).update(address="")
    with pytest.raises(Invalid, match="chưa có địa chỉ của Sở Nông nghiệp và Môi trường"):
        sending.send_all(of, **clerk())
    assert Delivery.objects.count() == 0


def test_only_the_desk_sends_and_only_what_was_published() -> None:
    of = post.ready()
    with pytest.raises(Forbidden):
        sending.send_all(of, by=cast.chair(), at=NOW)
    type(of).objects.filter(pk=of.pk).update(state="open")
    with pytest.raises(Refused, match="đã bắt đầu"):
        sending.send_all(stage.fresh(of), **clerk())


def test_when_the_last_one_was_told_the_milestone_is_met() -> None:
    of = post.ready()
    sending.send_all(of, **clerk())
    mails = list(Delivery.objects.filter(channel="email"))
    for row in mails:
        post.deliver(row, NOW)
    assert not of.met.filter(code="notice").exists()
    sending.hand_over(post.citizen(of), "ông Thịnh, 10 giờ", None, by=cast.clerk(), at=NOW + timedelta(hours=1))
    met = of.met.get(code="notice")
    assert (met.met_at, met.is_late) == (NOW + timedelta(hours=1), False) and "4/4" in met.proof


def test_the_paper_may_be_handed_over_without_any_mail() -> None:
    of = post.ready()
    message = sending.hand_over(post.office(of), "bà Hằng, văn thư", None, **clerk())
    assert (message.channel, message.state, message.handed_note) == ("paper", "delivered", "bà Hằng, văn thư")
    assert sending.send_all(of, **clerk()) == 3


def test_a_failed_letter_goes_another_way() -> None:
    of = post.ready()
    sending.send_all(of, **clerk())
    office = post.office(of)
    message = Delivery.objects.get(about_id=str(office.pk))
    Delivery.objects.filter(pk=message.pk).update(state="failed", due_at=None)
    sending.set_way(office, "email", "dung@snnmt.test", **clerk())
    sending.resend(office, **clerk())
    message.refresh_from_db()
    assert (message.state, message.address, message.due_at) == ("queued", "dung@snnmt.test", NOW)
    assert Delivery.objects.filter(about_id=str(office.pk)).count() == 1


def test_sending_again_is_a_message_of_its_own() -> None:
    of = post.sent()
    office = post.office(of)
    again = sending.resend(office, **clerk())
    assert again.key == f"invitation:{office.pk}:v1:email:r1" and again.state == "queued"
    assert Delivery.objects.filter(about_id=str(office.pk)).count() == 2


# -- answers


def test_an_answer_registers_who_comes_and_the_clerk_takes_them_over_into_the_seats() -> None:
    of = post.sent()
    office = post.office(of)
    said = Answer(True, "Bùi Thu Hằng", (("Bùi Thu Hằng", "Phó Giám đốc"), ("Trịnh Văn Khôi", "")))
    answers.reply(post.row_of(of, office).message, said, by=case_cast.department_officer(), at=NOW)  # type: ignore[arg-type]
    office = post.office(of)
    assert post.row_of(of, office).names == ["Bùi Thu Hằng, Phó Giám đốc", "Trịnh Văn Khôi"]
    assert post.states(of)["Sở Nông nghiệp và Môi trường"] == "Đã xác nhận"
    # Khoản 1 Điều 22: advisers sit at the centre. One of them has a seat there already.
    assert answers.take_seats(office, **clerk()) == 1
    seat = Seat.objects.get(full_name="Bùi Thu Hằng")
    assert (seat.role, seat.hall.is_central, seat.agency) == ("advisor", True, case_cast.department())
    with pytest.raises(Refused, match="đều có trong danh sách"):
        answers.take_seats(office, **clerk())


def test_the_advising_agency_must_come_or_send_somebody() -> None:
    of = post.sent()
    message = post.row_of(of, post.office(of)).message
    assert message is not None
    officer = case_cast.department_officer()
    with pytest.raises(Invalid, match=r"Cơ quan tham mưu bắt buộc có mặt; hãy cử người thay\."):
        answers.reply(message, Answer(False, "Hằng", reason="họp"), by=officer, at=NOW)
    answers.reply(message, Answer(False, "Hằng", reason="họp", substitute="Trần B, Trưởng phòng"), by=officer, at=NOW)
    assert post.office(of).substitute == "Trần B, Trưởng phòng"
    assert post.states(of)["Sở Nông nghiệp và Môi trường"] == "Báo không dự"


def test_what_was_said_on_the_telephone_counts() -> None:
    of = post.sent()
    answers.record_call(post.citizen(of), Answer(True, "con trai ông Thịnh"), **clerk())
    assert board_of(of, NOW).confirmed == 1


def test_a_call_before_anything_was_sent_is_refused() -> None:
    of = post.ready()
    with pytest.raises(Refused, match="Chưa gửi giấy mời"):
        answers.record_call(post.office(of), Answer(True, "Hằng"), **clerk())


def test_nobody_confirms_a_reception_that_is_over() -> None:
    of = post.sent()
    type(of).objects.filter(pk=of.pk).update(state="closed")
    message = post.row_of(of, post.office(of)).message
    assert message is not None
    with pytest.raises(Refused, match="Đã kết thúc"):
        answers.reply(message, Answer(True, "Hằng"), by=case_cast.department_officer(), at=NOW)


# -- the rest


def test_the_number_of_queries_does_not_grow_with_the_receivers(django_assert_max_num_queries: Any) -> None:
    of = post.sent()
    for number in range(20):
        agency = cast.agency(f"xa-{number}", f"UBND xã {number}", parent=cast.province())
        stage.hall(of, f"xa-{number}", f"Xã {number}", agency, "trụ sở")
    refresh(stage.fresh(of), at=NOW)
    found = stage.fresh(of)
    with django_assert_max_num_queries(22):
        assert len(board_of(found, NOW).rows) == 24


def test_the_agreed_signature() -> None:
    of = post.published()
    assert changes.sync(of, by=cast.clerk(), at=NOW) == []
