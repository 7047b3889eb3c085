"""Pages of papers, sets, templates and letterheads: who sees them, what they refuse, what they keep."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.documents import stage
from tests.documents.stage import paper, word
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.documents import actions, layout
from tiepdan.documents.models import Batch, Document, Letterhead, Template
from tiepdan.documents.queries import documents_about
from tiepdan.documents.word import office
from tiepdan.documents.word.text import paragraphs
from tiepdan.files.models import StoredFile
from tiepdan.kernel import due

pytestmark = pytest.mark.django_db
TEMPLATES = "/quan-tri/mau-van-ban/"
READ = ["", "tep/word/", "pdf/"]
STEPS = ["cap-so/", "tao-pdf/", "tai-ban-sua/", "tai-ban-ky/", "phat-hanh/", "soan-lai/", "bo/"]


def draft(kind: str = "invitation", part: str = "p1", **facts: Any) -> Document:
    return paper(kind, part, timezone.now(), **facts)


def at(document: Document, rest: str = "") -> str:
    return f"/van-ban/{document.pk}/{rest}"


def docx_upload(file: bytes, name: str = "a.docx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, file)}


def page(who: Person, address: str) -> str:
    answer = cast.browser(who).get(address)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


# Who


@pytest.mark.parametrize("rest", READ)
def test_who_may_read_a_paper(rest: str) -> None:
    found = draft()
    assert Client().get(at(found, rest)).status_code == 302
    assert cast.browser(cast.outsider()).get(at(found, rest)).status_code == 404
    assert cast.browser(cast.inspector()).get(at(found, rest)).status_code == 200
    assert cast.browser(cast.clerk()).get(at(found, rest)).status_code == 200
    assert cast.browser(cast.clerk()).get("/van-ban/999999/" + rest).status_code == 404


@pytest.mark.parametrize("rest", STEPS)
def test_who_may_change_a_paper(rest: str) -> None:
    found = draft()
    assert Client().post(at(found, rest)).status_code == 302
    assert cast.browser(cast.outsider()).post(at(found, rest)).status_code == 404
    answer = cast.browser(cast.inspector()).post(at(found, rest))
    assert answer.status_code == 403 and "Bạn được xem văn bản này" in answer.content.decode()
    assert cast.browser(cast.clerk()).get(at(found, rest)).status_code == 405
    found.refresh_from_db()
    assert found.state == "draft"


def test_a_paper_about_something_whose_room_says_nothing_is_nobodys() -> None:
    found = draft()
    Document.objects.filter(pk=found.pk).update(about_kind="accounts.person")
    assert cast.browser(cast.clerk()).get(at(found)).status_code == 404


# The page


def test_the_page_shows_facts_files_and_what_may_be_done() -> None:
    found = draft()
    text = page(cast.clerk(), at(found))
    for words in ("Giấy mời", "Dự thảo", "Điểm cầu xã Thanh Lộc", "Tải bản Word", "Bùi Xuân Hưởng", "/thu/"):
        assert words in text
    assert "Chưa cấp số." in text and text.count("btn-primary") == 1
    reader = page(cast.inspector(), at(found))
    assert "Bạn chỉ được xem văn bản này." in reader and "btn-primary" not in reader


def test_personal_data_of_a_citizen_is_masked_on_the_page_and_full_in_the_file() -> None:
    found = draft("refusal", "")
    text = page(cast.clerk(), at(found))
    assert "0360••••1234" in text and "036085001234" not in text and "Thôn Đông Hạ" not in text
    assert "036085001234" in "\n".join(paragraphs(word(found)))


@pytest.mark.parametrize("kind", ["submission", "refusal", "receipt", "citizen_notice"])
def test_a_citizens_name_stands_on_pages_and_lists_by_its_initials(kind: str) -> None:
    found = draft(kind, "")
    shown = page(cast.clerk(), at(found))
    listed = render_to_string("documents/table.html", {"documents": documents_about(stage.thing())})
    assert "Lê Văn Thắng" not in shown + listed and "L.V.T." in shown
    assert ("L.V.T." in listed) == bool(found.receiver)
    assert "Lê Văn Thắng" in "\n".join(paragraphs(word(found)))


def test_a_number_is_given_on_the_page() -> None:
    found = draft()
    answer = cast.browser(cast.clerk()).post(at(found, "cap-so/"), {"dated": ""}, follow=True)
    assert "Đã cấp số 01/GM-UBND." in answer.content.decode()
    assert "btn-primary" in answer.content.decode()


@pytest.mark.parametrize(
    ("dated", "status", "words"),
    [
        ("31/12/2020", 422, "Sổ văn bản năm 2020 đã khóa"),
        ("31/12/2999", 422, "không được sau hôm nay"),
        ("hôm qua", 422, "Ngày chưa đúng."),
    ],
)
def test_a_wrong_day_is_refused_and_stays_in_the_box(dated: str, status: int, words: str) -> None:
    found = draft()
    answer = cast.browser(cast.clerk()).post(at(found, "cap-so/"), {"dated": dated})
    text = answer.content.decode()
    assert answer.status_code == status and words in text
    assert f'value="{dated}"' in text or "2020-12-31" in text or "2999-12-31" in text
    found.refresh_from_db()
    assert found.number is None


@pytest.mark.parametrize(
    ("taken", "said"),
    [("57/GM", "Chỉ nhập phần số"), ("0", "bắt đầu từ 01"), ("100000", "quá lớn")],
)
def test_a_number_taken_elsewhere_is_a_number(taken: str, said: str) -> None:
    found = draft()
    browser = cast.browser(cast.clerk())
    answer = browser.post(at(found, "cap-so/"), {"dated": "", "taken": taken})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert f'value="{taken}"' in answer.content.decode()
    assert "57/GM-UBND" in browser.post(at(found, "cap-so/"), {"taken": "57"}, follow=True).content.decode()


def test_issuing_without_a_number_is_refused_on_the_page() -> None:
    answer = cast.browser(cast.clerk()).post(at(draft(), "phat-hanh/"))
    assert answer.status_code == 409 and "văn bản chưa cấp số" in answer.content.decode()


def test_from_draft_to_replaced_on_the_page() -> None:
    found, browser = draft(), cast.browser(cast.clerk())
    browser.post(at(found, "cap-so/"))
    browser.post(at(found, "phat-hanh/"))
    answer = browser.post(at(found, "soan-lai/"), follow=True)
    new = Document.objects.latest("pk")
    assert "Đã lập dự thảo thay thế." in answer.content.decode() and new.replaces_id == found.pk
    assert "01/GM-UBND" in answer.content.decode()
    browser.post(at(new, "cap-so/"))
    browser.post(at(new, "phat-hanh/"))
    assert "Đã được thay thế" in page(cast.clerk(), at(found))
    assert cast.browser(cast.clerk()).post(at(found, "phat-hanh/")).status_code == 409


def test_a_draft_is_dropped() -> None:
    found = draft()
    answer = cast.browser(cast.clerk()).post(at(found, "bo/"), follow=True)
    assert "Đã bỏ dự thảo." in answer.content.decode()


def test_an_edited_file_goes_up_and_its_changes_are_shown() -> None:
    found, browser = draft(), cast.browser(cast.clerk())
    file = stage.rewritten(word(found), ("trân trọng kính mời", "tha thiết kính mời"))
    answer = browser.post(at(found, "tai-ban-sua/"), docx_upload(file), follow=True)
    text = answer.content.decode()
    assert "Đã nhận bản Word đã sửa: 1 chỗ sửa lời văn" in text
    assert '<del class="diff">trân trọng</del>' in text and '<ins class="diff">tha thiết</ins>' in text


def test_an_edited_file_with_other_facts_is_refused_in_words() -> None:
    found = draft()
    file = stage.rewritten(word(found), ("xa-thanh-loc", "xa-khac"))
    answer = cast.browser(cast.clerk()).post(at(found, "tai-ban-sua/"), docx_upload(file))
    assert answer.status_code == 422
    assert "tên đăng nhập của điểm cầu (xa-thanh-loc ≠ xa-khac)" in answer.content.decode()


@pytest.mark.parametrize("rest", ["tai-ban-sua/", "tai-ban-ky/"])
def test_no_file_chosen(rest: str) -> None:
    answer = cast.browser(cast.clerk()).post(at(draft(), rest))
    assert answer.status_code == 422 and "Chưa chọn tệp." in answer.content.decode()


def test_signing_before_the_number_is_refused() -> None:
    answer = cast.browser(cast.clerk()).post(at(draft(), "tai-ban-ky/"), docx_upload(b"%PDF-1.7", "a.pdf"))
    assert answer.status_code == 409 and "chưa cấp số" in answer.content.decode()


def test_files_are_handed_out_by_name_and_never_shown_as_a_page() -> None:
    found = draft()
    answer = cast.browser(cast.clerk()).get(at(found, "tep/word/"))
    assert answer["Content-Disposition"] == 'attachment; filename="giay moi diem cau xa thanh loc.docx"'
    assert b"".join(answer.streaming_content) == word(found)  # type: ignore[attr-defined]
    for which in ("pdf", "ban-ky", "khac"):
        assert cast.browser(cast.clerk()).get(at(found, f"tep/{which}/")).status_code == 404


def test_a_waiting_page_asks_until_the_pdf_stands() -> None:
    found = draft()
    Document.objects.filter(pk=found.pk).update(due_at=timezone.now())
    browser = cast.browser(cast.clerk())
    answer = browser.get(at(found, "pdf/"))
    assert 'hx-trigger="every 1s"' in answer.content.decode() and "HX-Refresh" not in answer
    Document.objects.filter(pk=found.pk).update(due_at=None)
    assert browser.get(at(found, "pdf/"))["HX-Refresh"] == "true"


def test_the_page_says_plainly_that_this_server_makes_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "available", lambda: office.Availability(office.NO_OFFICE))
    found = draft()
    text = page(cast.clerk(), at(found))
    assert "Máy chủ chưa cài LibreOffice" in text and "Tải bản Word" in text
    answer = cast.browser(cast.clerk()).post(at(found, "tao-pdf/"))
    assert answer.status_code == 409 and "Máy chủ chưa cài LibreOffice" in answer.content.decode()
    assert "Máy chủ chưa cài LibreOffice" in page(cast.admin(), TEMPLATES)


# Sets


def test_a_set_shows_its_progress_and_is_stopped() -> None:
    batch = actions.draft_set(stage.thing(), [("plan", ""), ("script", "")], by=cast.clerk(), at=timezone.now())
    address = f"/van-ban/bo/{batch.pk}/"
    assert Client().get(address).status_code == 302
    assert cast.browser(cast.outsider()).get(address).status_code == 404
    assert cast.browser(cast.inspector()).post(address + "dung/").status_code == 404
    browser = cast.browser(cast.clerk())
    answer = browser.get(address, headers={"HX-Request": "true"})
    assert "0/2 bản Word" in answer.content.decode() and "every 1s" in answer.content.decode()
    assert "<html" in browser.get(address).content.decode()
    assert browser.post(address + "dung/")["Location"] == f"/thu/{cast.province().pk}/"
    assert Batch.objects.get().cancelled_at is not None
    assert browser.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_all_papers_come_in_one_file() -> None:
    address = f"/van-ban/tat-ca/{stage.ABOUT}/{cast.province().pk}/"
    browser = cast.browser(cast.clerk())
    assert browser.get(address).status_code == 404
    draft(), draft("plan", "")
    assert cast.browser(cast.outsider()).get(address).status_code == 404
    with zipfile.ZipFile(io.BytesIO(browser.get(address).getvalue())) as parts:
        assert parts.namelist() == [
            "giay moi diem cau xa thanh loc.docx",
            "ke hoach tiep cong dan truc tuyen.docx",
            "danh-sach-ma-bam.sha256",
        ]


def test_the_number_of_queries_of_the_table_does_not_grow(django_assert_max_num_queries: Callable[..., Any]) -> None:
    for place in range(12):
        draft("invitation", f"p{place}")
    about = stage.thing()
    with django_assert_max_num_queries(2):
        text = render_to_string("documents/table.html", {"documents": documents_about(about)})
    assert text.count("Giấy mời") == 12
    Document.objects.all().update(state="dropped")
    assert "Chưa tạo văn bản." in render_to_string(
        "documents/table.html", {"documents": documents_about(stage.thing())}
    )


# Templates


@pytest.mark.parametrize("rest", ["", "dau-trang/", "invitation/", "invitation/tai/", "invitation/thu/"])
def test_templates_are_for_administrators(rest: str) -> None:
    assert Client().get(TEMPLATES + rest).status_code == 302
    assert cast.browser(cast.clerk()).get(TEMPLATES + rest).status_code == 403
    assert cast.browser(cast.admin()).get(TEMPLATES + rest).status_code == 200
    outsider = cast.browser(cast.outsider(Role.ADMIN))
    assert outsider.get(f"{TEMPLATES}{rest}?co-quan={cast.province().code}").status_code == 404


def test_the_administrator_above_keeps_the_templates_below() -> None:
    address = f"{TEMPLATES}?co-quan={cast.commune().code}"
    assert "Mẫu của UBND xã Thanh Lộc" in page(cast.admin(), address)


def test_the_fields_of_a_kind_are_listed() -> None:
    text = page(cast.admin(), TEMPLATES + "invitation/")
    for words in (
        "{{ ten_dang_nhap }}",
        "{% for x in diem_cau %}",
        "{{ x.dia_chi }}",
        "{{ y.ho_ten }}",
        "Tên đăng nhập của điểm cầu",
    ):
        assert words in text
    assert cast.browser(cast.admin()).get(TEMPLATES + "khong-co/").status_code == 404


def test_a_changed_template_is_taken_shown_tried_and_given_back() -> None:
    browser = cast.browser(cast.admin())
    file = stage.rewritten(layout.place("invitation").read_bytes(), ("trân trọng kính mời", "kính mời"))
    answer = browser.post(TEMPLATES + "invitation/", {**docx_upload(file), "note": "Bỏ chữ"}, follow=True)
    text = answer.content.decode()
    assert "Đã nhận mẫu phiên bản 1." in text and "đang dùng mẫu của cơ quan, phiên bản 1" in text and "Bỏ chữ" in text
    assert browser.get(TEMPLATES + "invitation/tai/").content == file
    assert browser.get(TEMPLATES + "invitation/tai/?ban=1").content == file
    assert browser.get(TEMPLATES + "invitation/tai/?ban=goc").content == layout.place("invitation").read_bytes()
    assert browser.get(TEMPLATES + "invitation/tai/?ban=7").status_code == 404
    assert browser.get(TEMPLATES + "invitation/thu/").content.startswith(b"PK")
    answer = browser.post(TEMPLATES + "invitation/mau-goc/", follow=True)
    assert "Đã dùng lại mẫu gốc." in answer.content.decode() and "đang dùng mẫu gốc" in answer.content.decode()


def test_a_changed_template_is_tried_before_it_is_taken(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("PATH", "")  # a machine without LibreOffice gives Word back
    office.available.cache_clear()
    request.addfinalizer(office.available.cache_clear)
    browser = cast.browser(cast.admin())
    file = stage.rewritten(layout.place("invitation").read_bytes(), ("trân trọng kính mời", "thân mời"))
    answer = browser.post(TEMPLATES + "invitation/", {**docx_upload(file), "step": "try"})
    assert answer["Content-Disposition"] == 'attachment; filename="thu-invitation.docx"'
    assert any("thân mời" in one for one in paragraphs(answer.content))
    broken = stage.rewritten(file, ("{{ ten_dang_nhap }}", ""))
    answer = browser.post(TEMPLATES + "invitation/", {**docx_upload(broken), "step": "try"})
    assert answer.status_code == 422 and "Mẫu thiếu trường bắt buộc: ten_dang_nhap." in answer.content.decode()
    assert not Template.objects.exists() and not StoredFile.objects.exists()


def test_a_template_with_faults_is_refused_and_every_fault_is_listed() -> None:
    file = stage.rewritten(
        layout.place("invitation").read_bytes(), ("{{ ten_dang_nhap }}", "{{ ten_dang_nhp }}"), ("Thời gian: ", "")
    )
    answer = cast.browser(cast.admin()).post(TEMPLATES + "invitation/", {**docx_upload(file), "note": "Thử xem"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Mẫu có trường lạ: «ten_dang_nhp»" in text
    assert "Mẫu thiếu trường bắt buộc: ten_dang_nhap." in text and 'value="Thử xem"' in text
    assert not Template.objects.exists()


def test_the_letterhead_is_written_and_used() -> None:
    browser = cast.browser(cast.admin())
    assert "tỉnh Minh Châu" in browser.get(TEMPLATES + "dau-trang/").content.decode()
    answer = browser.post(TEMPLATES + "dau-trang/", {"signer": "Lý Thị Ký", "title": "Chủ tịch"}, follow=True)
    assert "Đã lưu" in answer.content.decode() and Letterhead.objects.get().changed_by == cast.admin()
    assert draft().facts["nguoi_ky"] == "Lý Thị Ký"
    answer = browser.post(TEMPLATES + "dau-trang/", {"signer": "x" * 130, "title": "Giữ lại"})
    assert answer.status_code == 422 and "Giữ lại" in answer.content.decode()


def test_a_worker_and_a_page_together_make_the_pdf(real_office: None) -> None:
    found, browser = draft(), cast.browser(cast.clerk())
    due.run_once(timezone.now())
    assert "Tải PDF" in browser.get(at(found)).content.decode()
    answer = browser.get(at(found, "tep/pdf/"))
    assert answer["Content-Type"] == "application/pdf"
