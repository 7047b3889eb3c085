"""Drafts, numbers, issuing, replacing; sets of papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests import cast
from tests.documents import stage
from tests.documents.stage import NOW, paper
from tiepdan.accounts.models import Agency, Post
from tiepdan.audit.models import Entry
from tiepdan.documents import actions
from tiepdan.documents.kinds import KINDS, kind_of
from tiepdan.documents.letterheads import head_of, receivers
from tiepdan.documents.models import Batch, Document
from tiepdan.documents.queries import batch_of, documents_about
from tiepdan.documents.rules import BLANK, State
from tiepdan.documents.word import office
from tiepdan.documents.word.text import paragraphs
from tiepdan.files.actions import keep
from tiepdan.files.rules import free_name
from tiepdan.kernel import due
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.policy.models import Sequence

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server on which LibreOffice was never installed."""
    monkeypatch.setenv("PATH", "/khong-co")
    office.available.cache_clear()
    yield
    monkeypatch.undo()
    office.available.cache_clear()


def text(document: Document) -> str:
    return "\n".join(paragraphs(stage.word(document)))


def number(document: Document, at: datetime = NOW, dated: date | None = None, taken: int | None = None) -> str:
    actions.assign_number(document, by=cast.clerk(), at=at, dated=dated, taken=taken)
    document.refresh_from_db()
    return document.code


def events() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("event", flat=True))


def test_a_draft_holds_its_facts_and_has_room_for_number_and_day() -> None:
    found = paper()
    assert (found.state, found.code, found.symbol, found.part) == ("draft", "", "GM-UBND", "p1")
    assert found.title == "Tham dự buổi tiếp công dân trực tuyến BT-2026-012"
    assert found.receiver == "Điểm cầu xã Thanh Lộc"
    assert found.facts["so_ky_hieu"] == f"{BLANK}/GM-UBND" and found.facts["diem_cau_ten"] == "Điểm cầu xã Thanh Lộc"
    assert "Số: /GM-UBND" in text(found) and "Minh Châu, ngày tháng 12 năm 2026" in text(found)
    assert found.docx is not None and found.docx.name == "giay moi diem cau xa thanh loc.docx"
    entry = Entry.objects.get(event="document.drafted")
    assert (entry.by, entry.facts) == (cast.clerk(), {"kind": "Giấy mời", "part": "p1"})


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_drafted(kind: str) -> None:
    assert paper(kind).docx is not None


def test_no_name_of_a_citizen_goes_into_the_log() -> None:
    found = paper("citizen_notice", "c7", cong_dan="Bùi Thị Bí Mật")
    number(found)
    actions.issue(found, by=cast.clerk(), at=NOW)
    assert found.receiver == "Bùi Thị Bí Mật"
    assert not [entry for entry in Entry.objects.all() if "Bí Mật" in f"{entry.about_label}{entry.facts}{entry.search}"]


def test_a_file_goes_out_under_the_name_of_the_paper_and_nothing_of_ours() -> None:
    """Neither a citizen's name nor our own marks («p1», «c7») stand in what is attached to a letter."""
    notice = paper("citizen_notice", "c7", cong_dan="Bùi Thị Bí Mật")
    number(notice)
    invitation = paper()
    number(invitation)
    assert notice.docx is not None and notice.docx.name == "01-TB-UBND thong bao cho cong dan.docx"
    assert invitation.docx is not None
    assert invitation.docx.name == "01-GM-UBND giay moi diem cau xa thanh loc.docx"


def test_papers_of_one_name_stand_side_by_side_in_an_archive() -> None:
    taken: list[str] = []
    for _ in range(3):
        taken.append(free_name("giay moi.docx", taken))
    assert taken == ["giay moi.docx", "giay moi (2).docx", "giay moi (3).docx"]
    assert free_name("giay moi.pdf", taken) == "giay moi.pdf" and free_name("tep", ["tep"]) == "tep (2)"


def test_an_issued_paper_keeps_the_names_of_its_day() -> None:
    found = paper()
    number(found)
    Agency.objects.filter(pk=cast.province().pk).update(name="UBND tỉnh Đã Đổi Tên")
    stage.changes["chu_tri"] = "Người Khác"
    found.refresh_from_db()
    assert found.facts["co_quan"] == "Ủy ban nhân dân tỉnh Minh Châu" and "Nguyễn Đức Ân" in text(found)


def test_drafting_again_makes_the_same_row_anew() -> None:
    first = paper()
    again = paper(chu_tri="Trần Thị Mới")
    assert again.pk == first.pk and "Trần Thị Mới" in text(again)
    assert documents_about(stage.thing()).count() == 1


def test_numbers_run_per_kind_and_year_without_a_hole() -> None:
    assert [number(paper(part=f"p{n}")) for n in range(1, 4)] == ["01/GM-UBND", "02/GM-UBND", "03/GM-UBND"]
    assert number(paper("plan")) == "01/KH-UBND"
    later = NOW + timedelta(days=30)
    assert number(paper(part="p9", at=later), at=later) == "01/GM-UBND"


def test_a_number_of_the_clerical_desk_is_written_as_it_is_and_the_book_goes_on_behind_it() -> None:
    """khoản 1 Điều 15 NĐ 30/2020: numbers follow the order of issuing, each once in a year."""
    assert number(paper(part="p1"), dated=date(2026, 12, 1)) == "01/GM-UBND"
    assert number(paper(part="p2"), dated=date(2026, 12, 3), taken=57) == "57/GM-UBND"
    assert Entry.objects.filter(event="document.numbered").latest("pk").facts["by_hand"] is True
    assert "Số: 57/GM-UBND" in text(Document.objects.get(part="p2"))
    assert number(paper(part="p3"), dated=date(2026, 12, 2), taken=31) == "31/GM-UBND"  # between the two, in time too
    assert number(paper(part="p4")) == "58/GM-UBND"


@pytest.mark.parametrize(
    ("taken", "dated", "code", "said"),
    [
        (57, date(2026, 12, 3), "taken", "Số 57 của sổ GM năm 2026 đã có văn bản khác."),
        (60, date(2026, 12, 1), "order", "số 57 đã ghi ngày 03/12/2026"),
        (12, date(2026, 12, 4), "order", "số 57 đã ghi ngày 03/12/2026"),
        (60, date(2025, 12, 31), "date", "Sổ văn bản năm 2025 đã khóa"),
        (60, date(2027, 1, 4), "date", "không được sau hôm nay"),
    ],
)
def test_a_number_taken_elsewhere_fits_into_the_book(taken: int, dated: date, code: str, said: str) -> None:
    number(paper(part="p1"), dated=date(2026, 12, 3), taken=57)
    other = paper(part="p2")
    with pytest.raises(Refused, match=said) as problem:
        number(other, dated=dated, taken=taken)
    other.refresh_from_db()
    assert (problem.value.code, other.number, other.state) == (code, None, State.DRAFT)
    assert number(other) == "58/GM-UBND"


def test_an_office_may_keep_one_book_for_everything() -> None:
    values = dict.fromkeys(
        ("above", "name", "place", "suffix", "unit", "authority", "title", "signer", "receivers"), ""
    )
    actions.change_letterhead(cast.province(), {**values, "one_book": True}, by=cast.admin(), at=NOW)
    assert [number(paper(kind)) for kind in ("plan", "posting", "invitation")] == [
        "01/KH-UBND",
        "02/TB-UBND",
        "03/GM-UBND",
    ]


def test_number_and_date_are_written_into_the_paper() -> None:
    found = paper()
    number(found, dated=date(2026, 12, 3))
    assert "Số: 01/GM-UBND" in text(found) and "ngày 03 tháng 12 năm 2026" in text(found)
    assert (found.year, found.book, found.dated) == (2026, "GM", date(2026, 12, 3))
    entry = Entry.objects.get(event="document.numbered")
    assert entry.facts == {"number": "01/GM-UBND", "dated": "03/12/2026"}


@pytest.mark.parametrize("dated", [date(2025, 12, 31), date(2026, 12, 1), date(2026, 12, 8)])
def test_no_number_in_a_closed_year_or_before_the_newest_one(dated: date) -> None:
    """Điều 15 NĐ 30/2020: numbers begin anew on 1 January."""
    number(paper(part="p1"), dated=date(2026, 12, 3))
    found = paper(part="p2")
    with pytest.raises(Invalid):
        number(found, dated=dated)
    found.refresh_from_db()
    assert (found.state, found.number) == ("draft", None)
    assert Sequence.objects.get(key__startswith="doc:").last == 1


def test_a_paper_gets_one_number() -> None:
    found, stale = paper(), Document.objects.get(part="p1")
    number(found)
    with pytest.raises(Refused, match="Đã cấp số"):
        number(found)
    with pytest.raises(Refused):
        actions.assign_number(stale, by=cast.clerk(), at=NOW)


def test_a_slip_carries_no_number_and_is_issued_at_once() -> None:
    slip = paper("credential_slip")
    with pytest.raises(Refused, match="không đánh số"):
        number(slip)
    actions.issue(slip, by=cast.clerk(), at=NOW)
    assert slip.state == State.ISSUED


def test_nothing_goes_out_without_its_number() -> None:
    with pytest.raises(Refused, match="Chưa phát hành được: văn bản chưa cấp số"):
        actions.issue(paper(), by=cast.clerk(), at=NOW)


def test_a_new_paper_replaces_the_issued_one_when_it_is_issued_itself() -> None:
    old = paper()
    number(old)
    actions.issue(old, by=cast.clerk(), at=NOW)
    new = paper(thoi_gian="09 giờ 00, thứ Sáu ngày 18 tháng 12 năm 2026")
    assert new.pk != old.pk and new.replaces == old
    assert set(documents_about(stage.thing())) == {old, new}
    number(new)
    actions.issue(new, by=cast.clerk(), at=NOW)
    old.refresh_from_db()
    assert (old.state, new.code) == (State.REPLACED, "02/GM-UBND")
    assert list(documents_about(stage.thing())) == [new]
    assert events()[-2:] == ["document.issued", "document.replaced"]


def test_only_drafts_are_dropped() -> None:
    found = paper()
    actions.drop(found, by=cast.clerk(), at=NOW)
    assert (found.state, documents_about(stage.thing()).count()) == (State.DROPPED, 0)
    numbered = paper()
    number(numbered)
    with pytest.raises(Refused, match="số đã cấp không được bỏ trống"):
        actions.drop(numbered, by=cast.clerk(), at=NOW)


# Letterheads


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        (
            "UBND xã Thanh Lộc",
            "commune",
            ("Ủy ban nhân dân\nxã Thanh Lộc", "Thanh Lộc", "UBND", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        (
            "Sở Nông nghiệp và Môi trường",
            "department",
            ("Sở Nông nghiệp\nvà Môi trường", "Minh Châu", "SNNMT", "", "GIÁM ĐỐC"),
        ),
        ("Thanh tra tỉnh", "department", ("Thanh tra tỉnh", "Minh Châu", "TTT", "", "CHÁNH THANH TRA")),
    ],
)
def test_a_name_suggests_its_letterhead(name: str, kind: str, expected: tuple[str, ...]) -> None:
    agency = Agency(name=name, short_name=name, kind=kind, code="x", parent=cast.province(), valid_from=cast.SINCE)
    agency.save()
    head = head_of(agency, NOW.date())
    assert (head.name, head.place, head.suffix, head.authority, head.title) == expected
    assert head.above == ("" if name.startswith("UBND") else "UBND tỉnh Minh Châu")


def test_a_deputy_signs_for_the_head() -> None:
    """Điểm b khoản 7 Mục II Phần I Phụ lục I NĐ 30/2020."""
    post = Post.objects.get(person=cast.approver())
    Post.objects.filter(pk=post.pk).update(title="Phó Chủ tịch UBND tỉnh")
    head = head_of(cast.province(), NOW.date())
    assert (head.authority, head.title, head.signer) == (
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Văn Bình",
    )


def test_the_office_writes_its_own_letterhead() -> None:
    values: dict[str, Any] = {
        "above": "",
        "name": "Ủy ban nhân dân\ntỉnh Minh Châu",
        "place": "Thành phố Minh Châu",
        "suffix": "UBND-TCD",
        "unit": "TCD",
        "authority": "TUQ. CHỦ TỊCH",
        "title": "Trưởng ban Tiếp công dân",
        "signer": "Lý Thị Ký",
        "receivers": "Thanh tra tỉnh;\nVăn phòng UBND tỉnh",
        "one_book": False,
    }
    actions.change_letterhead(cast.province(), values, by=cast.admin(), at=NOW)
    body = text(paper())
    for words in ("/GM-UBND-TCD", "Thành phố Minh Châu, ngày", "TUQ. CHỦ TỊCH", "Lý Thị Ký", "- Như trên;"):
        assert words in body
    assert "- Thanh tra tỉnh;" in body and "- Văn phòng UBND tỉnh;" in body and "- Lưu: VT, TCD." in body
    assert "Như trên" not in text(paper("plan"))


# Sets


WANTED = [("plan", ""), ("script", ""), ("posting", ""), ("invitation", "p1"), ("invitation", "p2")]


def test_a_set_is_made_by_the_worker_without_libreoffice_too(no_office: None) -> None:
    batch = actions.draft_set(stage.thing(), WANTED, by=cast.clerk(), at=NOW)
    assert batch_of(stage.thing()) == batch and batch.is_running
    due.run_once(NOW)
    batch.refresh_from_db()
    assert (batch.done, batch.converted, batch.finished_at, batch.problems) == (5, 0, NOW, [])
    assert {(paper.kind, paper.part) for paper in documents_about(stage.thing())} == set(WANTED)
    assert [paper.kind for paper in documents_about(stage.thing())][:2] == ["plan", "script"]
    assert not Document.objects.filter(due_at__isnull=False).exists()
    assert events()[-1] == "batch.finished"


def test_without_libreoffice_the_sentence_says_what_to_install(no_office: None) -> None:
    with pytest.raises(Refused, match="Máy chủ chưa cài LibreOffice"):
        actions.request_pdf(paper(), by=cast.clerk(), at=NOW)


def test_one_set_at_a_time() -> None:
    actions.draft_set(stage.thing(), WANTED, by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match="Đang tạo bộ văn bản này"):
        actions.draft_set(stage.thing(), WANTED, by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match="Chưa chọn văn bản nào"):
        actions.draft_set(stage.thing(), [], by=cast.clerk(), at=NOW)


def test_a_cancelled_set_makes_nothing_more() -> None:
    batch = actions.draft_set(stage.thing(), WANTED, by=cast.clerk(), at=NOW)
    stale = Batch.objects.get(pk=batch.pk)
    actions.cancel_batch(batch, by=cast.clerk(), at=NOW)
    actions.run_batch(stale, NOW)
    assert documents_about(stage.thing()).count() == 0
    with pytest.raises(Refused, match="đã tạo xong hoặc đã dừng"):
        actions.cancel_batch(batch, by=cast.clerk(), at=NOW)


def test_a_set_goes_on_where_a_dead_worker_left_it(no_office: None) -> None:
    batch = actions.draft_set(stage.thing(), WANTED, by=cast.clerk(), at=NOW)
    first = paper("plan", "")
    Batch.objects.filter(pk=batch.pk).update(done=1, papers=[first.pk])
    due.run_once(NOW + DAY)
    batch.refresh_from_db()
    assert (batch.done, len(batch.papers)) == (5, 5) and batch.papers[0] == first.pk


def test_a_paper_that_cannot_be_made_is_named_and_the_rest_is_made(no_office: None) -> None:
    from tests.documents.test_templates import original

    row = actions.accept_template(
        cast.province(), "invitation", original(), note="", by=cast.admin(), at=NOW, name="m.docx"
    )
    broken = stage.rewritten(original(), ("{{ ten_dang_nhap }}", "{{ bien_mat }}"))

    row.file = keep(broken, agency=cast.province(), by=cast.admin(), at=NOW, name="m.docx")
    row.save()
    actions.draft_set(stage.thing(), WANTED, by=cast.clerk(), at=NOW)
    due.run_once(NOW)
    batch = Batch.objects.get()
    assert [(kind, part) for kind, part, _ in batch.problems] == WANTED[3:] and len(batch.papers) == 3
    assert "Mẫu «Giấy mời» phiên bản 1 của cơ quan không điền được" in batch.problems[0][2]


def test_whom_a_paper_concerns_stands_before_those_whom_the_office_always_names() -> None:
    """Khoản 9 Mục II Phần I Phụ lục I NĐ 30/2020; «Lưu: VT, hồ sơ.» as on form 01/TCD."""
    head = replace(
        head_of(cast.province(), localdate(NOW)), receivers=("Thanh tra tỉnh", "UBND xã Thanh Lộc"), unit="TCD"
    )
    more = ["UBND xã Thanh Lộc", "Sở Y tế"]
    assert receivers(head, kind_of("plan"), more) == [
        "UBND xã Thanh Lộc;",
        "Sở Y tế;",
        "Thanh tra tỉnh;",
        "Lưu: VT, TCD.",
    ]
    assert receivers(head, kind_of("refusal"))[0] == "Như trên;"
    assert receivers(head, kind_of("refusal"))[-1] == "Lưu: VT, TCD, hồ sơ."
