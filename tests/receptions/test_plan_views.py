"""Pages of the plan: who reads them, what they say, and what happens to what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.reception_cast import CODE
from tests.receptions.plan_forms import coming, entered
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case
from tiepdan.receptions.actions.common import marker
from tiepdan.receptions.models import MetMilestone, Reception, Seat, Waiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.planned(**coming())


def page(rest: str = "", code: str = CODE) -> str:
    return f"/buoi-tiep/{code}/{rest}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


PAGES = ["", "vu-viec/", "diem-cau/", "tai-khoan/"]


@pytest.mark.parametrize("rest", PAGES)
def test_strangers_go_to_the_door_and_outsiders_find_nothing(of: Reception, rest: str) -> None:
    assert Client().get(page(rest))["Location"] == f"/dang-nhap/?next={page(rest)}"
    assert cast.browser(cast.outsider(Role.CLERK)).get(page(rest)).status_code == 404


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("who", ["clerk", "approver", "chair", "secretary", "technician", "inspector"])
def test_those_who_have_a_part_read_the_plan(of: Reception, rest: str, who: str) -> None:
    answer = cast.browser(getattr(cast, who)()).get(page(rest))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_the_first_page_says_what_comes_next_and_every_date_with_its_article(of: Reception) -> None:
    found = text(cast.browser(cast.clerk()).get(page()))
    assert "Kế hoạch không còn lỗi chặn. Trình lãnh đạo duyệt." in found and "Trình duyệt" in found
    assert found.count("khoản 1 Điều 23 NĐ 154/2026") >= 3
    for tab in ("Vụ việc", "Điểm cầu &amp; thành phần", "Kịch bản", "Văn bản", "Tài khoản", "Phiên bản"):
        assert f">{tab}</a>" in found


def test_the_pilot_keeps_the_law(of: Reception) -> None:
    Reception.objects.update(profile="qd764-2025")
    found = text(cast.browser(cast.clerk()).get(page()))
    assert "Các mốc của NĐ 154/2026 vẫn bắt buộc." in found and "Phát hành giấy mời" in found


def test_an_empty_plan_says_what_is_missing() -> None:
    stage.planned(halls=False, matter=False, **coming())
    desk = cast.browser(cast.clerk())
    assert "Chưa có vụ việc trong buổi tiếp. Thêm vụ việc đã được đồng ý." in text(desk.get(page()))
    assert "Chưa chọn điểm cầu thành phần." in text(desk.get(page("diem-cau/")))
    assert "Phải có đúng một điểm cầu trung tâm." in text(desk.get(page()))


@pytest.mark.parametrize("rest", PAGES[:3])
def test_queries_do_not_grow_with_the_plan(of: Reception, rest: str, django_assert_max_num_queries: Any) -> None:
    hall = of.halls.get(point__slug=stage.COMMUNE)
    for number in range(12):
        Seat.objects.create(hall=hall, full_name=f"Người thứ {number}", role="officer")
    for number in range(2, 8):
        stage.plan_matter(of, f"VV-2026-01{number:02d}", people=[f"Lý Thị Số {number}"])
    desk = cast.browser(cast.clerk())
    with django_assert_max_num_queries(50):
        desk.get(page(rest))


# -- planning


def test_a_clerk_plans_a_reception() -> None:
    desk = cast.browser(cast.clerk())
    for needed in (cast.chair, cast.secretary, cast.technician):
        needed()
    assert "Lập buổi tiếp" in text(desk.get("/buoi-tiep/"))
    form = text(desk.get("/buoi-tiep/moi/"))
    assert "Các mốc của NĐ 154/2026 vẫn bắt buộc." in form and cast.chair().full_name in form
    answer = desk.post("/buoi-tiep/moi/", entered())
    of = Reception.objects.get()
    assert answer["Location"] == page(code=of.code) and of.code.endswith("-001")
    assert "Chưa có vụ việc trong buổi tiếp." in text(desk.get(answer["Location"]))


def test_a_day_too_near_is_refused_and_nothing_typed_is_lost() -> None:
    desk = cast.browser(cast.clerk())
    near = timezone.localdate() + timedelta(days=1)
    answer = desk.post("/buoi-tiep/moi/", entered(near, place="Trụ sở số 1"))
    found = text(answer)
    assert answer.status_code == 422
    assert f"Ngày {near:%d/%m/%Y} quá gần: cần ít nhất 05 ngày làm việc để niêm yết và thông báo. Sớm nhất:" in found
    assert 'value="Trụ sở số 1"' in found and near.isoformat() in found
    assert not Reception.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Chưa nhập nội dung buổi tiếp."),
        ({"day": "ngày mai"}, "Hãy nhập ngày theo dạng 17/12/2026."),
        ({"ends": "08:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"chair": ""}, "Chưa chọn người chủ trì."),
        ({"chair": "999999"}, "Hãy chọn người chủ trì trong danh sách."),
        ({"profile": "khong-co"}, "Hãy chọn bộ quy tắc trong danh sách."),
    ],
)
def test_a_wrong_form_says_so_at_its_field(wrong: dict[str, str], words: str) -> None:
    answer = cast.browser(cast.clerk()).post("/buoi-tiep/moi/", {**entered(), **wrong})
    assert (answer.status_code, words in text(answer)) == (422, True)
    assert not Reception.objects.exists()


@pytest.mark.parametrize("who", ["approver", "chair", "technician", "inspector"])
def test_only_clerks_plan(who: str) -> None:
    desk = cast.browser(getattr(cast, who)())
    assert desk.get("/buoi-tiep/moi/").status_code == 403
    assert desk.post("/buoi-tiep/moi/", entered()).status_code == 403


def test_an_approved_case_leads_to_a_reception_of_its_own() -> None:
    case = case_cast.case(state="approved", place=cast.commune())
    desk = cast.browser(cast.clerk())
    tab = text(desk.get(f"/vu-viec/{case.code}/buoi-tiep/"))
    assert "Vụ việc chưa được xếp vào buổi tiếp nào." in tab and f"/buoi-tiep/moi/?vu-viec={case.code}" in tab
    assert case.code in text(desk.get(f"/buoi-tiep/moi/?vu-viec={case.code}"))
    desk.post("/buoi-tiep/moi/", entered(**{"vu-viec": case.code}))
    of = Reception.objects.get()
    assert [matter.case for matter in of.matters.all()] == [case] and Case.objects.get().state == "planned"
    assert of.code in text(desk.get(f"/vu-viec/{case.code}/buoi-tiep/"))


def test_a_copy_starts_from_the_old_one(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    assert of.title in text(desk.get(f"/buoi-tiep/moi/?tu={of.code}"))
    desk.post(f"/buoi-tiep/moi/?tu={of.code}", entered())
    assert Reception.objects.exclude(pk=of.pk).get().halls.count() == 3


def test_a_stale_form_is_refused_with_what_was_typed(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    seen = marker(of)
    day = timezone.localdate(of.starts_at)
    assert desk.post(page("sua/"), entered(day, seen=seen, place="Hội trường A")).status_code == 302
    answer = desk.post(page("sua/"), entered(day, seen=seen, place="Hội trường B"))
    assert answer.status_code == 409
    assert "Nội dung này vừa được Phạm Thị Hoa thay đổi lúc" in text(answer)
    assert 'value="Hội trường B"' in text(answer) and stage.fresh(of).place == "Hội trường A"


def test_a_button_that_would_be_refused_says_why(of: Reception) -> None:
    Reception.objects.update(state="submitted")
    found = text(cast.browser(cast.clerk()).get(page()))
    assert "Kế hoạch đang chờ duyệt. Bấm «Rút lại» trước khi sửa." in found and "Rút lại" in found
    assert cast.browser(cast.clerk()).post(page("sua/"), entered()).status_code == 409


# -- decisions


def test_the_way_from_draft_to_approved(of: Reception) -> None:
    clerk, head = cast.browser(cast.clerk()), cast.browser(cast.approver())
    assert clerk.post(page("trinh-duyet/")).status_code == 302
    assert "Duyệt kế hoạch" in text(head.get(page()))
    empty = head.post(page("tra-lai/"), {"note": ""})
    assert (empty.status_code, "Phải ghi nội dung cần bổ sung." in text(empty)) == (422, True)
    assert head.post(page("duyet/"), {"note": "Đồng ý"}).status_code == 302
    assert (stage.fresh(of).state, "Đồng ý" in text(clerk.get(page()))) == ("approved", True)
    assert clerk.post(page("trinh-duyet/")).status_code == 409


def test_a_clerk_does_not_approve(of: Reception) -> None:
    Reception.objects.update(state="submitted")
    assert cast.browser(cast.clerk()).post(page("duyet/")).status_code == 403
    assert cast.browser(cast.outsider(Role.APPROVER)).post(page("duyet/")).status_code == 404


def test_a_blocked_plan_is_not_submitted(of: Reception) -> None:
    of.matters.all().delete()
    answer = cast.browser(cast.clerk()).post(page("trinh-duyet/"))
    assert (answer.status_code, "Còn 1 lỗi chặn: Chưa có vụ việc" in text(answer)) == (409, True)


def test_a_proof_is_recorded_and_read_again(of: Reception) -> None:
    Reception.objects.update(state="published")
    desk = cast.browser(cast.technician())
    empty = desk.post(page("moc/trial/"), {"proof": ""})
    assert (empty.status_code, "Chưa nhập minh chứng." in text(empty)) == (422, True)
    assert desk.post(page("moc/trial/"), {"proof": "3/3 điểm cầu nghe rõ"}).status_code == 302
    assert MetMilestone.objects.get().proof == "3/3 điểm cầu nghe rõ"
    assert "3/3 điểm cầu nghe rõ" in text(desk.get(page()))
    assert desk.get(page("moc/trial/minh-chung/")).status_code == 404
    refused = cast.browser(cast.clerk()).post(page("moc/trial/"), {"proof": "x"})
    assert (refused.status_code, "Chỉ cán bộ kỹ thuật" in text(refused)) == (403, True)


def test_the_technician_confirms_and_takes_it_back(of: Reception) -> None:
    Reception.objects.update(state="published")
    desk = cast.browser(cast.technician())
    answer = desk.post(page("xac-nhan/"))
    assert (answer.status_code, "chưa ghi nhận kết nối thử thành công" in text(answer)) == (409, True)
    desk.post(page("moc/trial/"), {"proof": "Nghe rõ"})
    assert desk.post(page("xac-nhan/")).status_code == 302 and stage.fresh(of).state == "ready"
    assert desk.post(page("bo-xac-nhan/"), {"note": "Xã mất mạng"}).status_code == 302


def test_a_warning_is_accepted_with_its_reason(of: Reception) -> None:
    of.matters.update(chosen=None)
    code = f"not_chosen:{of.matters.get().case_id}"
    desk = cast.browser(cast.clerk())
    empty = desk.post(page("canh-bao/"), {"code": code, "reason": ""})
    assert (empty.status_code, "Chưa nhập lý do chấp nhận." in text(empty)) == (422, True)
    assert desk.post(page("canh-bao/"), {"code": code, "reason": "Chờ công dân"}).status_code == 302
    assert Waiver.objects.get().reason == "Chờ công dân" and "Chờ công dân" in text(desk.get(page()))


# -- matters, halls, seats


def test_a_case_is_added_and_taken_out(of: Reception) -> None:
    new = case_cast.case("VV-2026-0060", state="approved", place=cast.commune())
    desk = cast.browser(cast.clerk())
    assert "VV-2026-0060" in text(desk.get(page("vu-viec/")))
    bad = desk.post(page("vu-viec/them/"), {"case": new.pk, "public_title": f"Đơn của {case_cast.NAME}", "minutes": 60})
    assert (bad.status_code, "Danh mục công khai còn dữ liệu cá nhân" in text(bad)) == (422, True)
    assert f"Đơn của {case_cast.NAME}" in text(bad)
    assert desk.post(page("vu-viec/them/"), {"case": new.pk, "public_title": "", "minutes": 60}).status_code == 302
    matter = of.matters.get(case=new)
    assert matter.public_title == "Khiếu nại về đất đai, UBND xã Thanh Lộc"
    assert desk.post(page(f"vu-viec/{matter.pk}/len/")).status_code == 302
    changed = {f"m{matter.pk}-public_title": "Khiếu nại về đất đai", f"m{matter.pk}-minutes": "45"}
    assert desk.post(page(f"vu-viec/{matter.pk}/sua/"), changed).status_code == 302
    matter.refresh_from_db()
    assert (matter.public_title, matter.minutes) == ("Khiếu nại về đất đai", 45)
    assert desk.post(page(f"vu-viec/{matter.pk}/bo/")).status_code == 302
    assert Case.objects.get(pk=new.pk).state == "approved"


def test_cases_of_other_agencies_are_no_choice(of: Reception) -> None:
    foreign = case_cast.case("VV-KHAC-001", state="approved", agency=cast.elsewhere())
    answer = cast.browser(cast.clerk()).post(page("vu-viec/them/"), {"case": foreign.pk, "minutes": 60})
    assert answer.status_code == 422 and Case.objects.get(pk=foreign.pk).state == "approved"


def test_halls_and_seats_are_put_together(of: Reception) -> None:
    desk = cast.browser(cast.technician())
    point = stage.point("moi", name="Phường Mới")
    again = desk.post(page("diem-cau/them/"), {"point": point.pk, "part": "central"})
    assert (again.status_code, "Phải có đúng một điểm cầu trung tâm." in text(again)) == (422, True)
    assert desk.post(page("diem-cau/them/"), {"point": point.pk, "part": "component"}).status_code == 302
    hall = of.halls.get(point=point)
    form = desk.get(page(f"diem-cau/{hall.pk}/thanh-phan/them/"))
    assert "Được phát biểu" in text(form)
    empty = desk.post(page(f"diem-cau/{hall.pk}/thanh-phan/them/"), {"role": "officer"})
    assert (empty.status_code, "Chưa nhập họ tên." in text(empty)) == (422, True)
    seat = {"role": "officer", "full_name": "Chị Ba", "title": "Công chức", "may_speak": "on"}
    assert desk.post(page(f"diem-cau/{hall.pk}/thanh-phan/them/"), seat).status_code == 302
    row = hall.seats.get()
    assert desk.post(page(f"thanh-phan/{row.pk}/"), {**seat, "absence": "Ốm"}).status_code == 302
    assert "Ốm" in text(desk.get(page("diem-cau/")))
    assert desk.post(page(f"thanh-phan/{row.pk}/bo/")).status_code == 302
    assert desk.post(page(f"diem-cau/{hall.pk}/sua/"), {"operator": "Anh Tư", "phone": "0299"}).status_code == 302
    assert desk.post(page(f"diem-cau/{hall.pk}/sao-thanh-phan/")).status_code == 409
    assert desk.post(page(f"diem-cau/{hall.pk}/trung-tam/")).status_code == 302
    assert desk.post(page(f"diem-cau/{of.halls.get(point__slug=stage.CENTRE).pk}/bo/")).status_code == 302
    assert of.halls.get(is_central=True) == hall


def test_a_petitioner_brings_the_name(of: Reception) -> None:
    seat = Seat.objects.get(role="citizen")
    one = seat.petitioner
    assert one is not None
    hall = seat.hall
    seat.delete()
    desk = cast.browser(cast.clerk())
    answer = desk.post(page(f"diem-cau/{hall.pk}/thanh-phan/them/"), {"role": "citizen", "petitioner": one.pk})
    assert answer.status_code == 302 and Seat.objects.get(role="citizen").full_name == case_cast.NAME


def test_the_wish_of_the_citizen_and_the_matrix(of: Reception) -> None:
    desk, matter = cast.browser(cast.clerk()), of.matters.get()
    home = desk.post(page(f"vu-viec/{matter.pk}/diem-cau/"), {"hall": "home"})
    assert (home.status_code, "chưa hỗ trợ tham gia từ nhà (khoản 3 Điều 3 NĐ 154/2026)" in text(home)) == (409, True)
    office = of.halls.get(point__slug=stage.OFFICE)
    assert desk.post(page(f"vu-viec/{matter.pk}/diem-cau/"), {"hall": office.pk}).status_code == 302
    out = desk.post(page("diem-cau/bang/"), {})
    assert (out.status_code, "đã chọn Sở Nông nghiệp" in text(out)) == (422, True)
    assert desk.post(page("diem-cau/bang/"), {f"m{matter.pk}": [office.pk]}).status_code == 302
    assert matter.halls.count() == 2


@pytest.mark.parametrize("who", ["approver", "secretary", "inspector"])
def test_readers_write_nothing(of: Reception, who: str) -> None:
    desk = cast.browser(getattr(cast, who)())
    hall, seat, matter = of.halls.first(), Seat.objects.first(), of.matters.get()
    assert hall is not None and seat is not None
    gets = ("sua/", f"diem-cau/{hall.pk}/sua/", f"diem-cau/{hall.pk}/thanh-phan/them/", f"thanh-phan/{seat.pk}/")
    posts = (f"diem-cau/{hall.pk}/bo/", f"thanh-phan/{seat.pk}/bo/", f"vu-viec/{matter.pk}/bo/", "trinh-duyet/")
    assert [desk.get(page(rest)).status_code for rest in gets] == [403] * 4
    assert [desk.post(page(rest)).status_code for rest in posts] == [403] * 4


def test_rows_of_another_reception_are_not_found(of: Reception) -> None:
    other = stage.planned("BT-2026-013", matter=False, **coming(60))
    hall = other.halls.first()
    assert hall is not None
    desk = cast.browser(cast.clerk())
    assert desk.get(page(f"diem-cau/{hall.pk}/sua/")).status_code == 404
    assert desk.get(page(f"thanh-phan/{hall.seats.first().pk}/")).status_code == 404  # type: ignore[union-attr]
    assert desk.post(page(f"vu-viec/{of.matters.get().pk + 99}/bo/")).status_code == 404


def test_a_clash_is_shown_until_another_secretary_is_chosen(of: Reception) -> None:
    """Journey J3, step 2."""
    people = {part: cast.person(f"ban-{part}", f"Người {part}", Role.CHAIR) for part in ("chair", "technician")}
    stage.planned("BT-2026-099", halls=False, matter=False, starts_at=of.starts_at, ends_at=of.ends_at, **people)
    other = cast.person("thu-ky-2", "Đinh Công Thành", Role.SECRETARY)
    desk = cast.browser(cast.clerk())
    found = text(desk.get(page()))
    assert "Lê Thị Mai (thư ký) đã có trong buổi tiếp BT-2026-099" in found and "Không còn trùng lịch" not in found
    form = entered(timezone.localdate(of.starts_at), secretary=other.pk)
    assert desk.post(page("sua/"), form).status_code == 302
    assert "Không còn trùng lịch" in text(desk.get(page()))
    assert "Đinh Công Thành" in text(desk.get(page("diem-cau/")))
