"""PDFs for real: LibreOffice, the font with all Vietnamese letters, the page of the decree."""

from __future__ import annotations

import contextlib
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import cast
from tests.documents import stage
from tests.documents.stage import NOW, paper
from tests.engine import eventually
from tiepdan.documents import actions
from tiepdan.documents.actions.templates import try_template
from tiepdan.documents.checks import office_is_there
from tiepdan.documents.kinds import KINDS
from tiepdan.documents.models import Batch, Document
from tiepdan.documents.queries import documents_about
from tiepdan.documents.word import office
from tiepdan.files import store
from tiepdan.kernel import due
from tiepdan.kernel.refusals import Refused

EXPECTED = {
    "submission": ["TỜ TRÌNH", "Kính gửi: Chủ tịch", "Số: 05/TTr-UBND", "Báo cáo số 88/BC-"],
    "refusal": ["Mẫu số 01/TCD", "036085001234", "(Ký, ghi rõ họ tên, đóng dấu)"],
    "receipt": ["Mẫu số 02/TCD", "GIẤY BIÊN NHẬN", "bản phô tô", "NGƯỜI NHẬN"],
    "violation": ["BIÊN BẢN", "Số: 05/BB-UBND", "Người chứng kiến:", "CHỨNG KIẾN", "đã hai lần yêu cầu dừng"],
    "leaders_report": ["BÁO CÁO", "Nội dung xin ý kiến"],
    "plan": ["KẾ HOẠCH", "Hoàng Thị Ngọc Ánh", "khoản 3 Điều 19"],
    "script": ["KỊCH BẢN", "Xác định thành", "Tổng thời gian: 120 phút./."],
    "invitation": ["GIẤY MỜI", "trân trọng kính mời", "xa-thanh-loc"],
    "citizen_notice": ["THÔNG BÁO", "Ông (bà) Lê Văn Thắng", "được ghi âm, ghi hình theo Điều 24"],
    "posting": ["Lịch tiếp công dân trực tuyến", "Khiếu nại về bồi thường khi thu hồi đất"],
    "credential_slip": ["PHIẾU TÀI KHOẢN ĐIỂM CẦU", "Mật khẩu (ghi tay)"],
    "handover": ["Giao nhận giấy mời", "người giao: Phạm Thị Hoa", "NGƯỜI NHẬN", "05/GM-UBND ngày 07 tháng 12"],
    "point_guide": ["HƯỚNG DẪN ĐIỂM CẦU", "Ký xác nhận kết quả kiểm thử"],
}


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All kinds with invented facts, in one run."""
    if not office.available():
        pytest.skip(office.available().sentence)
    folder = tmp_path_factory.mktemp("pdf")
    made = office.convert({kind: try_template(None, kind) for kind in KINDS})
    for kind, pdf in made.items():
        (folder / f"{kind}.pdf").write_bytes(pdf)
    return {kind: folder / f"{kind}.pdf" for kind in made}


def said(*words: str | Path) -> str:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_words_stand_in_the_pdf_with_all_their_marks(pdfs: dict[str, Path], kind: str) -> None:
    text = said("pdftotext", "-layout", pdfs[kind], "-")
    assert [words for words in EXPECTED[kind] if words not in text] == []
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text and "Độc lập - Tự do - Hạnh phúc" in text
    assert "ỦY BAN NHÂN DÂN" in text and "{" not in text


@pytest.mark.parametrize("kind", ["refusal", "receipt", "invitation", "citizen_notice", "posting", "handover"])
def test_a_letter_stays_on_one_page(pdfs: dict[str, Path], kind: str) -> None:
    """Nothing invisible – an empty line behind the signature – pushes it onto a page of its own."""
    assert "Pages:           1\n" in said("pdfinfo", pdfs[kind])


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_signature_stands_alone_on_a_page(pdfs: dict[str, Path], kind: str) -> None:
    pages = said("pdftotext", "-layout", pdfs[kind], "-").split("\f")
    last = [words for words in pages if words.strip()][-1]
    above = re.split("Nơi nhận:|NGƯỜI NHẬN|NGƯỜI CUNG CẤP|VI PHẠM", last)[0]
    assert re.sub(r"[\d\s]", "", above), last


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_font_is_embedded_and_has_the_widths_of_times_new_roman(pdfs: dict[str, Path], kind: str) -> None:
    rows = said("pdffonts", pdfs[kind]).splitlines()[2:]
    assert rows
    for row in rows:
        name, embedded = row.split()[0], re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s", row)
        assert re.match(r"[A-Z]{6}\+(LiberationSerif|TimesNewRoman)", name), row
        assert embedded and embedded.groups() == ("yes", "yes", "yes"), row


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_page_is_a4_and_the_file_for_the_archive(pdfs: dict[str, Path], kind: str) -> None:
    facts = said("pdfinfo", pdfs[kind])
    assert re.search(r"Page size:.*\(A4\)", facts)
    meta = said("pdfinfo", "-meta", pdfs[kind])
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", meta) and "<pdfaid:conformance>B" in meta
    upright = re.search(r"Page size:\s+595", facts) is not None
    assert upright == (kind != "script")


def test_the_first_page_shows_no_number_and_the_second_does(pdfs: dict[str, Path]) -> None:
    """Khoản 7 Mục I Phần I Phụ lục I NĐ 30/2020."""
    first = said("pdftotext", "-f", "1", "-l", "1", "-layout", pdfs["plan"], "-").strip().splitlines()
    second = said("pdftotext", "-f", "2", "-l", "2", "-layout", pdfs["plan"], "-").strip().splitlines()
    assert "ỦY BAN NHÂN DÂN" in first[0] and second[0].strip() == "2"


@pytest.mark.django_db
def test_the_worker_makes_the_pdf_of_a_draft(real_office: None) -> None:
    found = paper()
    assert found.due_at == NOW
    due.run_once(NOW)
    found.refresh_from_db()
    assert found.pdf is not None and store.read(found.pdf).startswith(b"%PDF-")
    assert (found.due_at, found.pdf_problem, found.pdf.name) == (None, "", "giay moi diem cau xa thanh loc.pdf")
    actions.request_pdf(found, by=cast.clerk(), at=NOW)
    assert found.due_at is None


@pytest.mark.django_db
def test_a_number_makes_the_pdf_of_before_void(real_office: None) -> None:
    found = paper()
    due.run_once(NOW)
    found.refresh_from_db()
    actions.assign_number(found, by=cast.clerk(), at=NOW)
    found.refresh_from_db()
    assert (found.pdf, found.due_at) == (None, NOW)
    due.run_once(NOW)
    found.refresh_from_db()
    assert found.pdf is not None
    place = store.folder() / found.pdf.path
    assert "Số: 01/GM-UBND" in said("pdftotext", "-layout", place, "-")


@pytest.mark.django_db
def test_a_pdf_of_a_word_file_that_changed_meanwhile_is_not_kept(real_office: None) -> None:
    stale = paper()
    fresh = paper(chu_tri="Người Mới")
    assert stale.pk == fresh.pk
    actions.make_pdf(stale, NOW)
    fresh.refresh_from_db()
    assert fresh.pdf is None and fresh.due_at == NOW


@pytest.mark.django_db
def test_a_set_of_seven_papers_is_made_with_its_pdfs(real_office: None) -> None:
    wanted = [
        *(("plan", ""), ("script", ""), ("posting", ""), ("leaders_report", "")),
        *(("invitation", "p1"), ("citizen_notice", "c1"), ("point_guide", "p1")),
    ]
    actions.draft_set(stage.thing(), wanted, by=cast.clerk(), at=NOW)
    due.run_once(NOW)
    batch = Batch.objects.get()
    assert (batch.done, batch.converted, batch.problems, batch.steps_done) == (7, 7, [], 14)
    assert all(found.pdf_id for found in documents_about(stage.thing()))


@pytest.mark.django_db
def test_a_paper_of_a_set_without_a_pdf_says_why(real_office: None, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.draft_set(stage.thing(), [("plan", ""), ("script", "")], by=cast.clerk(), at=NOW)
    monkeypatch.setattr(office, "SECONDS", -office.EACH)
    due.run_once(NOW)
    batch = Batch.objects.get()
    assert (batch.done, batch.converted, len(batch.problems)) == (2, 0, 1) and batch.finished_at
    assert all("LibreOffice không xong" in one.pdf_problem for one in documents_about(stage.thing()))


@pytest.mark.django_db
def test_a_set_that_is_cancelled_during_the_conversion_stops(real_office: None) -> None:
    batch = actions.draft_set(stage.thing(), [("plan", ""), ("script", "")], by=cast.clerk(), at=NOW)
    papers = [actions.draft(kind, stage.thing(), by=cast.clerk(), at=NOW, pdf=False) for kind in ("plan", "script")]
    Batch.objects.filter(pk=batch.pk).update(done=2, papers=[one.pk for one in papers], cancelled_at=NOW)
    batch.refresh_from_db()
    actions.run_batch(batch, NOW)
    assert not Document.objects.filter(pdf__isnull=False).exists()


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the runs of this test put their folders; its path stands in the command line of every process."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_run_that_is_stopped_leaves_no_process_and_no_folder(real_office: None, own_folder: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        office.convert({"a": try_template(None, "plan")}, stop)
    assert not list(own_folder.glob("tiepdan-office-*"))
    eventually(lambda: list(processes_of(own_folder)), lambda left: not left)


def test_a_run_that_takes_too_long_is_ended(
    real_office: None, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS", 0)
    with pytest.raises(office.Failed, match="không xong trong 0 giây"):
        office.convert({"a": try_template(None, "plan")})
    eventually(lambda: list(processes_of(own_folder)), lambda left: not left)


def test_what_is_no_word_file_gives_no_pdf(real_office: None) -> None:
    made = office.convert({"good": try_template(None, "script"), "bad": b"\x00\x01 not a paper"})
    assert "good" in made


@pytest.mark.django_db
def test_a_pdf_that_fails_is_said_on_the_paper(real_office: None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = paper()
    monkeypatch.setattr(office, "SECONDS", 0)
    due.run_once(NOW)
    found.refresh_from_db()
    assert "LibreOffice không xong" in found.pdf_problem and found.due_at is None
    monkeypatch.undo()
    actions.request_pdf(found, by=cast.clerk(), at=NOW)
    due.run_once(NOW)
    found.refresh_from_db()
    assert found.pdf is not None and found.pdf_problem == ""


@pytest.fixture
def without() -> Iterator[None]:
    office.available.cache_clear()
    yield
    office.available.cache_clear()


def test_a_server_without_libreoffice_or_its_font_says_which(
    without: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "chưa cài LibreOffice" in office.available().sentence
    (tmp_path / "soffice").write_text("#!/bin/sh\n")
    (tmp_path / "fc-list").write_text("#!/bin/sh\n")
    for name in ("soffice", "fc-list"):
        (tmp_path / name).chmod(0o755)
    office.available.cache_clear()
    assert "chưa có phông chữ" in office.available().sentence
    assert [one.id for one in office_is_there(None)] == ["documents.W001"]
    with pytest.raises(Refused, match="chưa có phông chữ"):
        try_template(None, "plan", pdf=True)


def processes_of(folder: Path) -> Iterator[str]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                line = (entry / "cmdline").read_bytes().decode(errors="replace")
                if str(folder) in line:
                    yield line
