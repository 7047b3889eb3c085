"""Facts of the papers of a reception, and the tab «Văn bản» (screen S12)."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.reception_cast import credential, hall
from tests.schedule_cast import NOW
from tiepdan.documents.actions import draft
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Batch
from tiepdan.documents.sources import RECEIVERS
from tiepdan.files import store
from tiepdan.files.archive import HASHES
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions import papers
from tiepdan.receptions.actions import publication
from tiepdan.receptions.audience import audience
from tiepdan.receptions.models import Matter, Reception

pytestmark = pytest.mark.django_db
SIGNATURE = ("quyen_han_ky", "chuc_vu_ky", "nguoi_ky")
PRIVATE = (*stage.PEOPLE, stage.ADDRESS, stage.PAPER, stage.MOBILE)


@pytest.fixture
def of() -> Reception:
    return stage.reception()


def facts(of: Reception, kind: str) -> dict[str, Any]:
    part = hall(of).key if kind in ("credential_slip", "point_guide") else ""
    return papers.FACTS[kind](papers.load(str(of.pk)), part, NOW)


@pytest.mark.parametrize("kind", list(papers.FACTS))
def test_every_field_of_the_kind_has_its_fact(of: Reception, kind: str) -> None:
    known = {field.name for field in kind_of(kind).fields}
    assert set(facts(of, kind)) - {RECEIVERS} == known


@pytest.mark.parametrize("kind", list(papers.FACTS))
def test_no_paper_names_a_citizen(of: Reception, kind: str) -> None:
    """They go to every hall, and the posting hangs on a wall (khoản 2 Điều 12 NĐ 154/2026)."""
    assert not [word for word in PRIVATE if word in str(facts(of, kind))]


@pytest.mark.parametrize("kind", list(papers.FACTS))
def test_every_paper_comes_out_as_word(of: Reception, kind: str) -> None:
    part = hall(of).key if kind in ("credential_slip", "point_guide") else ""
    document = draft(kind, of, part, by=cast.clerk(), at=NOW)
    assert document.docx is not None and document.about_id == str(of.pk)


def test_the_header_says_when_where_who(of: Reception) -> None:
    said = facts(of, "plan")
    assert said["thoi_gian"] == "08 giờ 30 phút, thứ Năm ngày 17 tháng 12 năm 2026"
    assert said["dia_diem"] == "Trụ sở Tiếp công dân tỉnh, 1 Lê Lợi"
    assert said["chuc_vu_chu_tri"] == "Chủ tịch UBND tỉnh" and said["loai_buoi"] == "tiếp công dân định kỳ"
    assert [row["so"] for row in said["vu_viec"]] == ["VV-2026-0041"]
    commune = said["diem_cau"][1]
    assert commune["thanh_phan"] == [{"ho_ten": "Công dân, người đại diện: 01 người", "chuc_vu": "", "vai_tro": ""}]


MILESTONES = [
    ("05 ngày làm việc trước (khoản 1 Điều 23)", "hết thứ Năm 10/12/2026"),
    ("01 ngày làm việc trước (khoản 1 Điều 23)", "hết thứ Tư 16/12/2026"),
    ("01 giờ trước (khoản 1 Điều 23)", "07:30, thứ Năm 17/12/2026"),
]


@pytest.mark.parametrize(
    ("number", "due"), [(n, row[1]) for n, row in enumerate(MILESTONES)], ids=[row[0] for row in MILESTONES]
)
def test_the_plan_lists_the_milestones(of: Reception, number: int, due: str) -> None:
    assert facts(of, "plan")["moc"][number]["han"] == due


def test_the_script_keeps_times_and_words(of: Reception) -> None:
    said = facts(of, "script")
    assert (said["tong_phut"], len(said["muc"])) == ("120", 8)
    assert (said["muc"][2]["gio"], said["muc"][2]["phut"], said["muc"][2]["nguoi_noi"]) == ("08:45", "20", "Công dân")


def test_the_posting_says_what_was_published_and_not_what_is_being_changed(of: Reception) -> None:
    assert facts(of, "posting")["phien_ban"] == ""  # of the first there is nothing to tell
    publication.publish(stage.fresh(of), by=cast.clerk(), at=NOW)
    Matter.objects.update(public_title="Đang sửa")
    said = facts(of, "posting")
    assert said["vu_viec_cong_khai"] == [stage.TITLE] and said["phien_ban"] == ""
    assert [row["loai"] for row in said["diem_cau_cong_khai"]][:2] == ["trung tâm", "thành phần"]


def test_the_slip_has_a_name_and_never_a_password(of: Reception) -> None:
    before = facts(of, "credential_slip")
    assert (before["ten_dang_nhap"], before["hieu_luc_tu"]) == ("xa-thanh-loc", "08:30, thứ Ba 15/12/2026")
    slip = credential(hall(of), "CDFG-HJKM-NPQR")
    assert (
        "CDFG" not in str(facts(of, "credential_slip"))
        and facts(of, "credential_slip")["ten_dang_nhap"] == slip.username
    )


def test_the_guide_lists_the_tests_of_the_profile(of: Reception) -> None:
    assert facts(of, "point_guide")["lich_kiem_thu"] == [
        "Kết nối thử: chậm nhất hết thứ Tư 16/12/2026",
        "Kết nối chính thức: chậm nhất 07:30, thứ Năm 17/12/2026",
    ]


def test_a_hall_that_left_the_plan_gets_no_paper(of: Reception) -> None:
    with pytest.raises(Refused, match="không còn trong buổi tiếp"):
        papers.point_guide(of, "p999999", NOW)


def test_the_set_holds_every_kind_and_the_leaders_report_only_in_the_pilot(of: Reception) -> None:
    """QĐ 764 asks for the leaders' opinion; NĐ 154/2026 does not."""
    audience().renew(of, at=NOW)
    kinds = [kind for kind, _ in papers.wanted(of)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "plan": 1,
        "script": 1,
        "invitation": 3,
        "citizen_notice": 1,
        "posting": 1,
        "credential_slip": 3,
        "point_guide": 3,
    }
    Reception.objects.update(profile="qd764-2025")
    assert papers.wanted(stage.fresh(of))[0] == ("leaders_report", "")


def test_the_report_to_the_leaders_is_signed_by_who_puts_the_plan_forward(of: Reception) -> None:
    """It goes to the head of the same office, so it is not signed for the office."""
    cast.clerk().posts.update(title="Chuyên viên")
    paper = draft("leaders_report", of, by=cast.clerk(), at=NOW)
    assert [paper.facts[name] for name in SIGNATURE] == ["", "NGƯỜI TRÌNH", ""]
    Reception.objects.update(created_by=cast.clerk())
    said = facts(stage.fresh(of), "leaders_report")
    assert [said[name] for name in SIGNATURE] == ["", "CHUYÊN VIÊN", "Phạm Thị Hoa"]
    of.decisions.create(step="submit", at=NOW, by=cast.secretary())
    assert facts(stage.fresh(of), "leaders_report")["nguoi_ky"] == "Lê Thị Mai"
    other = draft("plan", of, by=cast.clerk(), at=NOW)
    assert other.facts["quyen_han_ky"] == "TM. ỦY BAN NHÂN DÂN"


# -- the tab


def page(of: Reception, rest: str = "") -> str:
    return f"/buoi-tiep/{of.code}/van-ban/{rest}"


def test_the_tab_is_for_those_who_belong_to_the_reception(of: Reception) -> None:
    for rest in ("", "tai-ve/"):
        assert Client().get(page(of, rest)).status_code == 302
        assert cast.browser(cast.outsider()).get(page(of, rest)).status_code == 404
    words = cast.browser(cast.secretary()).get(page(of)).content.decode()
    assert "Chưa tạo văn bản." in words and "Tạo bộ văn bản" not in words


def test_the_clerk_lets_the_set_be_made(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    assert desk.post(page(of, "tao-bo/")).status_code == 302
    batch = Batch.objects.get()
    assert len(batch.wanted) == 13 and batch.due_at is not None
    assert "0/13" in desk.get(page(of)).content.decode()
    assert desk.post(page(of, "tao-bo/")).status_code == 409


def test_only_the_clerk_lets_the_set_be_made(of: Reception) -> None:
    assert cast.browser(cast.secretary()).post(page(of, "tao-bo/")).status_code == 403
    Reception.objects.update(state="cancelled")
    assert cast.browser(cast.clerk()).post(page(of, "tao-bo/")).status_code == 409
    assert not Batch.objects.exists()


def test_all_papers_come_in_one_zip(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    assert desk.get(page(of, "tai-ve/")).status_code == 409
    for kind, part in (("plan", ""), ("credential_slip", hall(of).key), ("credential_slip", hall(of, "so-nnmt").key)):
        draft(kind, of, part, by=cast.clerk(), at=timezone.now() - timedelta(minutes=1))
    answer = desk.get(page(of, "tai-ve/"))
    assert answer["Content-Disposition"] == f'attachment; filename="{of.code}-van-ban.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as parts:
        assert len(parts.namelist()) == len(set(parts.namelist())) == 4 and parts.testzip() is None
        assert len(parts.read(HASHES).splitlines()) == 3


def test_a_paper_that_is_not_in_the_store_is_told_in_a_sentence(of: Reception) -> None:
    made = draft("plan", of, "", by=cast.clerk(), at=NOW)
    assert made.docx is not None
    (store.folder() / made.docx.path).unlink()
    answer = cast.browser(cast.clerk()).get(page(of, "tai-ve/"))
    assert answer.status_code == 409
    assert f"Không tìm thấy tệp «{made.docx.name}» trong kho." in answer.content.decode()


# -- words of the papers


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Xã Thanh Lộc", "Điểm cầu xã Thanh Lộc"),
        ("Trụ sở Tiếp công dân tỉnh", "Điểm cầu Trụ sở Tiếp công dân tỉnh"),
        ("Điểm cầu phường Hòa Bình", "Điểm cầu phường Hòa Bình"),
    ],
)
def test_a_hall_has_its_name_in_papers(of: Reception, name: str, said: str) -> None:
    place = hall(of)
    place.point.name = name
    assert papers.hall_name(place) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Phó Giám đốc Sở", "Phó Giám đốc Sở Nông nghiệp và Môi trường"),
        ("Trưởng phòng Quản lý đất đai", "Trưởng phòng Quản lý đất đai, Sở Nông nghiệp và Môi trường"),
        ("Giám đốc Sở Nông nghiệp và Môi trường", "Giám đốc Sở Nông nghiệp và Môi trường"),
        ("", "Sở Nông nghiệp và Môi trường"),
    ],
)
def test_a_post_is_named_with_its_agency(of: Reception, title: str, said: str) -> None:
    assert papers.post_of(title, case_cast.department()) == said
    assert papers.post_of("Chủ tịch", None) == "Chủ tịch"


def test_the_plan_goes_to_those_who_take_part(of: Reception) -> None:
    document = draft("plan", of, by=cast.clerk(), at=NOW, pdf=False)
    receivers = document.facts["noi_nhan"]
    assert "UBND xã Thanh Lộc;" in receivers and receivers[-1].startswith("Lưu: VT")
    assert not [one for one in receivers if "tỉnh" in one] and "gui_them" not in document.facts
    assert [row["chu"] for row in document.facts["diem_cau"]] == list("abc"[: len(document.facts["diem_cau"])])


def test_a_paper_cites_the_decree_in_full_the_first_time(of: Reception) -> None:
    """Điểm b khoản 6 Mục II Phần I Phụ lục I NĐ 30/2020."""
    for kind in ("plan", "posting"):
        assert "ngày 15 tháng 5 năm 2026 của Chính phủ quy định chi tiết" in facts(of, kind)["can_cu"]
