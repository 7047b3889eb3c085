"""The sheet for the wall as a file: asked for with each publication, made by the worker (S36)."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.test import Client

from tests import cast
from tests import schedule_cast as stage
from tiepdan.audit.models import Entry
from tiepdan.documents.word import office
from tiepdan.receptions.actions import posters
from tiepdan.receptions.actions import schedule as changing
from tiepdan.receptions.actions.publication import publish
from tiepdan.receptions.models import Poster, Reception
from tiepdan.receptions.posters import SIZES, poster
from tiepdan.receptions.publication import newest

pytestmark = pytest.mark.django_db
SHEETS = {"a4": (210, 297), "a3": (297, 420)}


@pytest.fixture
def of() -> Reception:
    made = stage.reception()
    publish(made, by=cast.clerk(), at=stage.NOW)
    return Reception.objects.get(pk=made.pk)


def words(file: bytes) -> str:
    paper = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def version_of(of: Reception) -> Any:
    found = newest(of)
    assert found is not None
    return found


@pytest.mark.parametrize("size", SIZES)
def test_it_says_what_the_public_page_says_and_names_no_citizen(of: Reception, size: str) -> None:
    file = poster(version_of(of), size)
    text, page = words(file), docx.Document(io.BytesIO(file)).sections[0]
    for told in (of.title, "08:30–11:00, thứ Năm 17/12/2026", "Chủ tịch UBND tỉnh", "ghi âm, ghi hình", of.code):
        assert told in text, told
    assert all(hall.point.name in text for hall in of.halls.all())
    assert not any(name in text for name in stage.PEOPLE)
    assert page.page_width and page.page_height
    assert (round(page.page_width / 36000), round(page.page_height / 36000)) == SHEETS[size]


def test_a_word_that_is_added_to_the_rows_stays_off_it_until_it_is_published(of: Reception) -> None:
    Reception.objects.update(title="Nội dung chưa công bố")
    assert "Nội dung chưa công bố" not in words(poster(version_of(of), "a4"))


def test_a_postponed_schedule_says_so_in_words(of: Reception) -> None:
    changing.postpone(of, "Bão số 9", stage.EXPECTED, by=cast.clerk(), at=stage.NOW)
    text = words(poster(version_of(of), "a4"))
    assert "HOÃN. Thời gian dự kiến tiếp: thứ Năm 24/12/2026. Lý do: Bão số 9" in text
    assert "Thời gian đã công bố:" in text


def test_each_publication_asks_for_its_own(of: Reception) -> None:
    row = Poster.objects.get()
    if office.available():
        assert row.due_at == stage.NOW and not row.problem
    else:
        assert row.due_at is None and "LibreOffice" in row.problem
    changing.postpone(of, "Bão số 9", stage.EXPECTED, by=cast.clerk(), at=stage.NOW)
    assert Poster.objects.count() == 2


def test_the_public_gets_the_file_of_the_newest_version_only(of: Reception) -> None:
    if not office.available():
        pytest.skip(office.available().sentence)
    address = f"/cong-khai/{of.code}/niem-yet/a3.pdf"
    street = Client()
    assert street.get(address).status_code == 404
    assert address not in street.get(f"/cong-khai/{of.code}/").content.decode()
    posters.make(Poster.objects.get(), stage.NOW)
    for size, height in (("a4", b" 841."), ("a3", b" 1190.")):
        answer = street.get(f"/cong-khai/{of.code}/niem-yet/{size}.pdf")
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-") and height in answer.content
        assert f"niem-yet-{of.code}-v1-{size.upper()}.pdf" in answer["Content-Disposition"]
        assert "public" in answer["Cache-Control"] and not answer.cookies
    assert address in street.get(f"/cong-khai/{of.code}/").content.decode()
    assert "PDF A3" in cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/phien-ban/").content.decode()
    assert street.get(f"/cong-khai/{of.code}/niem-yet/a2.pdf").status_code == 404
    changing.postpone(of, "Bão số 9", stage.EXPECTED, by=cast.clerk(), at=stage.NOW)
    assert street.get(address).status_code == 404  # what hangs on the wall would say something else


def test_a_run_that_fails_is_said_and_can_be_asked_for_again(of: Reception, monkeypatch: pytest.MonkeyPatch) -> None:
    if not office.available():
        pytest.skip(office.available().sentence)
    monkeypatch.setenv("PATH", "")  # LibreOffice was removed while the server ran
    posters.make(Poster.objects.get(), stage.NOW)
    monkeypatch.undo()
    Poster.objects.update(due_at=None)
    assert "LibreOffice" in Poster.objects.get().problem
    desk = cast.browser(cast.clerk())
    page = desk.get(f"/buoi-tiep/{of.code}/phien-ban/").content.decode()
    assert "Tạo PDF niêm yết" in page and "LibreOffice" in page
    for _ in range(2):
        assert desk.post(f"/buoi-tiep/{of.code}/phien-ban/niem-yet/").status_code == 302
    row = Poster.objects.get()
    assert row.due_at is not None and not row.problem
    assert Entry.objects.filter(event="reception.poster_asked").count() == 1


def test_who_is_not_of_the_desk_asks_for_none(of: Reception) -> None:
    address = f"/buoi-tiep/{of.code}/phien-ban/niem-yet/"
    assert cast.browser(cast.chair()).post(address).status_code == 403
    assert cast.browser(cast.outsider()).post(address).status_code == 404


def test_what_is_not_published_has_no_sheet_for_the_wall() -> None:
    draft = stage.reception()
    answer = cast.browser(cast.clerk()).post(f"/buoi-tiep/{draft.code}/phien-ban/niem-yet/")
    assert answer.status_code == 409 and "Chưa công bố lịch" in answer.content.decode()
