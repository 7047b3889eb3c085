"""The dossier: papers taken in, receipts 02/TCD, mistakes, the index, the whole as one file."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import case_cast, cast
from tiepdan.audit.models import Entry
from tiepdan.cases.actions.dossier import INCOMPLETE, PaperFacts, make_receipt
from tiepdan.cases.models import Case, Receipt
from tiepdan.cases.rules import Condition, ItemKind
from tiepdan.files import store
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj"


def scan(name: str = "don.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def address(case: Case, rest: str = "") -> str:
    return f"/vu-viec/{case.code}/ho-so/{rest}"


def rows(*papers: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"giay-TOTAL_FORMS": str(len(papers) + 1), "giay-INITIAL_FORMS": "0"}
    for at, paper in enumerate(papers):
        data |= {f"giay-{at}-{name}": value for name, value in paper.items()}
    return {**data, f"giay-{len(papers)}-kind": ItemKind.EVIDENCE}


def record(case: Case, *papers: dict[str, Any], **more: Any) -> Any:
    giver = case.petitioners.get(is_main=True).pk
    data = {"giver": giver, "place": "Trụ sở tiếp công dân", **rows(*papers), **more}
    return cast.browser(cast.clerk()).post(address(case, "ghi-nhan/"), data)


PETITION = {"title": "Đơn khiếu nại", "kind": ItemKind.PETITION, "pages": "3", "condition": Condition.ORIGINAL}
DEED = {
    "title": "Giấy chứng nhận & sơ đồ <thửa 12>",
    "kind": ItemKind.EVIDENCE,
    "pages": "4",
    "condition": Condition.CERTIFIED,
}


def test_two_papers_and_their_receipt() -> None:
    """J1, step 3"""
    case = case_cast.case()
    answer = record(case, {**PETITION, "upload": scan()}, DEED)
    assert answer["Location"] == address(case)
    receipt = case.receipts.get()
    first, second = receipt.items.all()
    assert (first.title, first.pages, first.condition) == ("Đơn khiếu nại", 3, Condition.ORIGINAL)
    assert first.file is not None and first.file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert second.file is None
    document = receipt.document
    assert document is not None and document.kind == "receipt" and document.docx is not None
    assert document.state == "issued"  # handed over, never corrected
    facts = document.facts
    assert (facts["cong_dan"], facts["so_giay_to"], facts["so_ban"]) == (case_cast.NAME, case_cast.NUMBER, "02")
    assert [(one["ten"], one["so_trang"], one["tinh_trang"]) for one in facts["tai_lieu"]] == [
        ("Đơn khiếu nại", "03", "bản chính"),
        ("Giấy chứng nhận & sơ đồ <thửa 12>", "04", "bản sao công chứng"),
    ]
    assert [entry.event for entry in Entry.objects.filter(event__startswith="case.").order_by("pk")] == [
        "case.item_added",
        "case.item_added",
        "case.receipt_made",
    ]
    assert case_cast.NAME not in "".join(str(one.facts) + one.about_label for one in Entry.objects.all())
    text = cast.browser(cast.clerk()).get(address(case)).content.decode()
    assert "Giấy chứng nhận &amp; sơ đồ &lt;thửa 12&gt;" in text and "Số 01" in text
    assert case_cast.NAME not in text and "N.V.T." in text


@pytest.mark.parametrize("missing", ["pages", "condition"])
def test_every_paper_has_pages_and_a_condition(missing: str) -> None:
    case = case_cast.case()
    answer = record(case, PETITION, {**DEED, missing: ""})
    text = answer.content.decode()
    assert answer.status_code == 422 and INCOMPLETE in text and "Giấy chứng nhận &amp; sơ đồ" in text
    assert not case.items.exists() and not case.receipts.exists()


def test_a_receipt_needs_a_paper() -> None:
    case = case_cast.case()
    answer = record(case)
    assert answer.status_code == 422 and "Chưa nhập tài liệu nào." in answer.content.decode()


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("don.docx", b"PK\x03\x04 something"), "không phải là Word"),
        (SimpleUploadedFile("don.exe", b"MZ"), "Không nhận tệp"),
        (SimpleUploadedFile("don.pdf", b""), "rỗng"),
        (SimpleUploadedFile("anh.jpg", PDF), "không phải là ảnh JPG"),
    ],
)
def test_a_file_that_is_not_what_it_says_stops_everything(upload: SimpleUploadedFile, sentence: str) -> None:
    case = case_cast.case()
    answer = record(case, PETITION, {**DEED, "upload": upload})
    text = answer.content.decode()
    assert answer.status_code == 422 and sentence in text and "Đơn khiếu nại" in text
    assert not case.items.exists() and not Entry.objects.exists()


def test_papers_may_be_kept_first_and_receipted_later() -> None:
    case = case_cast.case()
    record(case, PETITION, only_keep="1")
    item = case.items.get()
    assert item.receipt is None and not case.receipts.exists()
    text = cast.browser(cast.clerk()).get(f"/vu-viec/{case.code}/").content.decode()
    assert "Tài liệu công dân cung cấp chưa có giấy biên nhận." in text
    record(case, waiting=[item.pk])
    item.refresh_from_db()
    assert item.receipt is not None and item.receipt.number == 1


def test_a_receipt_is_corrected_only_by_a_new_one() -> None:
    case = case_cast.case()
    record(case, PETITION, DEED)
    old = case.receipts.get()
    first, second = old.items.all()
    text = cast.browser(cast.clerk()).get(address(case, f"bien-nhan/{old.pk}/thay-the/")).content.decode()
    assert 'value="Đơn khiếu nại"' in text
    data = {
        "giver": old.giver_id,
        "place": old.place,
        "giay-TOTAL_FORMS": "2",
        "giay-INITIAL_FORMS": "2",
        **{f"giay-0-{name}": value for name, value in {**PETITION, "pages": "5", "item": first.pk}.items()},
        "giay-1-kind": ItemKind.EVIDENCE,
    }
    assert cast.browser(cast.clerk()).post(address(case, f"bien-nhan/{old.pk}/thay-the/"), data).status_code == 302
    new = Receipt.objects.get(replaces=old)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (new.number, first.pages, first.receipt, second.receipt) == (2, 5, new, None)
    assert new.document is not None and new.document.facts["thay_the"] == "01"
    assert old.document is not None and old.document.facts["tai_lieu"][0]["so_trang"] == "03"
    text = cast.browser(cast.clerk()).get(address(case)).content.decode()
    assert "thay thế số 01" in text and "Đã được thay thế bằng số 02" in text
    again = cast.browser(cast.clerk()).post(address(case, f"bien-nhan/{old.pk}/thay-the/"), data)
    assert again.status_code == 409 and "đã được thay thế bằng số 02" in again.content.decode()


def test_a_paper_of_another_receipt_is_not_moved() -> None:
    case, other = case_cast.case(), case_cast.case("VV-2026-0099")
    record(case, PETITION)
    record(other, DEED)
    old, theirs = case.receipts.get(), other.items.get()
    paper = PaperFacts(title="X", pages=1, item=theirs)
    with pytest.raises(Refused):
        make_receipt(case, old.giver, "đây", [paper], replaces=old, by=cast.clerk(), at=case_cast.NOW)
    theirs.refresh_from_db()
    assert theirs.title != "X"


def test_papers_of_offices_need_no_receipt() -> None:
    case = case_cast.case()
    paper = {"title": "Quyết định số 15/QĐ-UBND", "kind": ItemKind.DECISION, "upload": scan()}
    cast.browser(cast.clerk()).post(address(case, "van-ban/"), rows(paper))
    item = case.items.get()
    assert (item.is_from_citizen, item.kind, item.receipt) == (False, ItemKind.DECISION, None)
    assert "Không cần" in cast.browser(cast.clerk()).get(address(case)).content.decode()


def test_a_mistake_is_taken_out_with_a_reason_and_stays_in_the_log() -> None:
    case = case_cast.case()
    item = case_cast.item(case, "Nhầm hồ sơ")
    browser = cast.browser(cast.clerk())
    assert browser.post(address(case, f"tai-lieu/{item.pk}/bo/"), {"reason": ""}).status_code == 422
    assert browser.post(address(case, f"tai-lieu/{item.pk}/bo/"), {"reason": "Của vụ việc khác"}).status_code == 302
    browser.get(address(case))  # reads the message away
    assert "Nhầm hồ sơ" not in browser.get(address(case, "muc-luc/")).content.decode()
    assert Entry.objects.get(event="case.item_removed").facts["reason"] == "Của vụ việc khác"
    assert browser.post(address(case, f"tai-lieu/{item.pk}/bo/"), {"reason": "Lần nữa"}).status_code == 409


def test_what_a_receipt_names_is_not_taken_out() -> None:
    case = case_cast.case()
    record(case, PETITION)
    item = case.items.get()
    answer = cast.browser(cast.clerk()).post(address(case, f"tai-lieu/{item.pk}/bo/"), {"reason": "Nhầm"})
    assert answer.status_code == 409 and "giấy biên nhận số 01" in answer.content.decode()


def test_a_file_is_opened_and_the_opening_is_logged() -> None:
    case = case_cast.case()
    record(case, {**PETITION, "upload": scan()})
    item = case.items.get()
    answer = cast.browser(cast.approver()).get(address(case, f"tai-lieu/{item.pk}/"))
    assert answer.getvalue() == PDF and "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(event="case.item_read")
    assert entry.by == cast.approver() and entry.facts["sha256"] == hashlib.sha256(PDF).hexdigest()


def test_the_whole_dossier_with_a_list_of_hashes() -> None:
    case = case_cast.case()
    record(
        case,
        {**PETITION, "upload": scan("đơn khiếu nại.pdf")},
        {**DEED, "upload": scan("đơn khiếu nại.pdf", PDF + b"2")},
    )
    answer = cast.browser(cast.clerk()).post(address(case, "tai-ve/"))
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as parts:
        names = parts.namelist()
        listed = parts.read("danh-sach-ma-bam.sha256").decode()
        for line in listed.splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(parts.read(name)).hexdigest() == digest
    assert names == [
        "001 don khieu nai.pdf",
        "002 giay chung nhan so do thua 12.pdf",
        "muc-luc.txt",
        "danh-sach-ma-bam.sha256",
    ]
    entry = Entry.objects.get(event="case.exported")
    assert entry.facts == {"papers": 2, "sha256": hashlib.sha256(listed.encode()).hexdigest()}


def test_a_file_of_the_dossier_that_is_gone_is_named_and_nothing_is_logged() -> None:
    case = case_cast.case()
    record(case, {**PETITION, "upload": scan()})
    item = case.items.get()
    assert item.file is not None
    (store.folder() / item.file.path).unlink()
    answer = cast.browser(cast.clerk()).post(address(case, "tai-ve/"))
    assert answer.status_code == 409 and f"«{item.file.name}» trong kho" in answer.content.decode()
    assert not Entry.objects.filter(event="case.exported").exists()


def test_an_empty_dossier_says_so() -> None:
    case = case_cast.case()
    assert "Hồ sơ chưa có tài liệu." in cast.browser(cast.clerk()).get(address(case)).content.decode()
    answer = cast.browser(cast.clerk()).post(address(case, "tai-ve/"))
    assert answer.status_code == 409 and "chưa có tệp nào" in answer.content.decode()


def test_nothing_at_all_is_no_paper() -> None:
    case = case_cast.case()
    giver = case.petitioners.get()
    with pytest.raises(Invalid):
        make_receipt(case, giver, "đây", [PaperFacts(title="Đơn", pages=None)], by=cast.clerk(), at=case_cast.NOW)
