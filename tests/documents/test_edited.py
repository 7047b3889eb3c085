"""A paper that was edited in Word: facts must stand, other words may change and are shown."""

from __future__ import annotations

import io

import docx
import pytest

from tests import cast
from tests.documents import stage
from tests.documents.stage import NOW, paper, rewritten, word
from tiepdan.audit.models import Entry
from tiepdan.documents import actions
from tiepdan.documents.models import Document
from tiepdan.documents.word.text import paragraphs
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db


def upload(document: Document, file: bytes) -> list[tuple[str, str]]:
    return actions.upload_edited(document, file, by=cast.clerk(), at=NOW, name="sua.docx").edits


def refused(document: Document, *swaps: tuple[str, str]) -> str:
    with pytest.raises(Invalid) as caught:
        upload(document, rewritten(word(document), *swaps))
    return caught.value.sentence


def test_the_file_that_we_made_has_no_difference() -> None:
    found = paper()
    assert upload(found, word(found)) == []
    assert (found.is_edited, found.differences) == (True, [])


@pytest.mark.parametrize("kind", ["invitation", "plan", "script"])
def test_a_title_that_ends_with_a_full_stop_makes_one_and_no_difference(kind: str) -> None:
    found = paper(kind, tieu_de="Tiếp công dân về bồi thường, hỗ trợ v.v.")
    text = "\n".join(paragraphs(word(found)))
    assert "v.v" in text and ".." not in text and ".;" not in text
    assert upload(found, word(found)) == []
    # What was drawn with both, before, is the same paper.
    assert upload(found, rewritten(word(found), ("hỗ trợ v.v.", "hỗ trợ v.v.."))) == []


def test_other_words_may_be_changed_and_are_shown() -> None:
    found = paper()
    edits = upload(found, rewritten(word(found), ("trân trọng kính mời", "tha thiết kính mời")))
    assert edits == [("trân trọng", "tha thiết")]
    found.refresh_from_db()
    assert found.differences == [["trân trọng", "tha thiết"]] and found.is_edited
    assert "tha thiết kính mời" in "\n".join(paragraphs(word(found)))
    assert Entry.objects.get(event="document.edited").facts["edits"] == 1


def test_a_changed_hour_and_place_are_named() -> None:
    found = paper(thoi_gian="08:30, thứ Năm 17/12/2026")
    sentence = refused(
        found,
        ("08:30, thứ Năm 17/12/2026", "09:00, thứ Năm 17/12/2026"),
        ("Hội trường UBND xã Thanh Lộc, tỉnh", "Trường học, tỉnh"),
    )
    assert sentence == (
        "Bản tải lên khác dữ liệu ở 2 chỗ: thời gian (08:30 ≠ 09:00), địa chỉ điểm cầu "
        "(Hội trường UBND xã Thanh Lộc ≠ Trường học). Sửa bản Word hoặc sửa kế hoạch."
    )
    found.refresh_from_db()
    assert not found.is_edited


@pytest.mark.parametrize(
    ("kind", "swap", "words"),
    [
        ("plan", ("Bùi Xuân Hưởng", "Bùi Xuân Hướng"), "điểm cầu 2, thành phần 1, họ và tên (Hưởng ≠ Hướng)"),
        ("plan", ("08 giờ 30 phút", "09 giờ 00 phút"), "thời gian (08 giờ 30 ≠ 09 giờ 00)"),
        ("plan", ("VV-2026-0163", "VV-2026-0136"), "vụ việc 2, số vụ việc (VV-2026-0163 ≠ VV-2026-0136)"),
        ("plan", ("0299 3810 155.", "0299 3810 156."), "điểm cầu 1, điện thoại (155 ≠ 156)"),
        (
            "invitation",
            ("xa-thanh-loc", "xa-thanh-loc-2"),
            "tên đăng nhập của điểm cầu (xa-thanh-loc ≠ xa-thanh-loc-2)",
        ),
        ("refusal", ("036085001234", "036085001243"), "số giấy tờ (036085001234 ≠ 036085001243)"),
        ("refusal", ("điểm h khoản 1", "điểm g khoản 1"), "căn cứ pháp lý (h ≠ g)"),
        ("receipt", ("02 bản, giao", "03 bản, giao"), "số bản của giấy biên nhận (02 ≠ 03)"),
        ("citizen_notice", ("Chủ tịch UBND tỉnh", "Chánh Thanh tra"), "chức vụ người chủ trì"),
    ],
)
def test_the_fact_that_no_longer_stands_is_named(kind: str, swap: tuple[str, str], words: str) -> None:
    sentence = refused(paper(kind), swap)
    assert sentence.startswith("Bản tải lên khác dữ liệu ở 1 chỗ: ") and words in sentence


def test_a_fact_that_was_deleted_is_missed() -> None:
    assert "người chủ trì (không còn trong bản Word)" in refused(paper(), ("Nguyễn Đức Ân", ""))


def test_prose_of_the_data_may_be_worded_anew() -> None:
    found = paper("submission")
    file = rewritten(word(found), ("Tóm tắt nội dung: Công dân khiếu nại", "Tóm tắt nội dung: Các hộ dân khiếu nại"))
    assert upload(found, file) == [("Công", "Các hộ")]


def test_paragraphs_may_be_added_and_moved_apart() -> None:
    found = paper("plan")
    whole = docx.Document(io.BytesIO(word(found)))
    place = next(line for line in whole.paragraphs if line.text.startswith("5. Tổ chức"))
    place.insert_paragraph_before("Văn phòng UBND tỉnh bố trí nước uống và ghế ngồi cho công dân.")
    out = io.BytesIO()
    whole.save(out)
    edits = upload(found, out.getvalue())
    assert len(edits) == 1 and "nước uống" in edits[0][1]


def test_the_number_is_stamped_into_the_edited_file() -> None:
    found = paper()
    upload(found, rewritten(word(found), ("trân trọng kính mời", "tha thiết kính mời")))
    actions.assign_number(found, by=cast.clerk(), at=NOW)
    text = "\n".join(paragraphs(word(found)))
    assert "Số: 01/GM-UBND" in text and "Minh Châu, ngày 07 tháng 12 năm 2026" in text and "tha thiết" in text
    assert upload(found, word(found)) == [("trân trọng", "tha thiết")]


def test_drafting_again_drops_the_edited_draft_and_starts_from_the_data() -> None:
    found = paper()
    upload(found, rewritten(word(found), ("trân trọng kính mời", "tha thiết kính mời")))
    again = paper()
    found.refresh_from_db()
    assert (again.pk != found.pk, found.state, again.is_edited) == (True, "dropped", False)


def test_an_unsafe_or_foreign_file_is_refused() -> None:
    found = paper()
    with pytest.raises(Invalid, match="macro"):
        upload(found, stage.with_parts(word(found), {"word/vbaProject.bin": b"x"}))
    with pytest.raises(Invalid, match="không phải là Word"):
        upload(found, b"PK\x03\x04 doi ten")
    with pytest.raises(Invalid, match=r"khác dữ liệu ở \d+ chỗ"):
        upload(found, word(paper("posting")))


def test_an_issued_paper_is_not_edited() -> None:
    found = paper("script")
    actions.issue(found, by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match="Đã phát hành"):
        upload(found, word(found))
