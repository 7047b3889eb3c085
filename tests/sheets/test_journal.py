"""The log as a sheet: what the filters leave, and what proves each row."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from tests import cast
from tiepdan.accounts import journal as accounts_journal
from tiepdan.accounts.journal import Withheld
from tiepdan.audit import actions as audit
from tiepdan.audit.models import Entry
from tiepdan.sheets import journal

pytestmark = pytest.mark.django_db
SHEET = "/quan-tri/nhat-ky.xlsx"
TEXT = "/quan-tri/nhat-ky.csv"


def write(number: int, at: datetime | None = None) -> Entry:
    return audit.record(
        "signin.failed", agency=cast.province(), at=at or timezone.now(), by_label="=A+B", reason=f"lần {number}"
    )


def read(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_row_can_be_hashed_again_and_hangs_on_the_one_before() -> None:
    for number in range(3):
        write(number)
    rows = read(cast.browser(cast.admin()).get(TEXT))
    heading, lines = rows[0], rows[1:]
    assert heading[-3:] == ["Mã băm", "Mã băm dòng trước", "Dòng gốc"]
    assert [line[1] for line in lines] == ["3", "2", "1"] and lines[0][3] == "'=A+B"
    for newer, older in pairwise(lines):
        assert newer[-2] == older[-3]
    for line in lines:
        assert hashlib.sha256(line[-1].encode()).hexdigest() == line[-3]


def test_the_sheet_itself_stands_in_the_log() -> None:
    write(1)
    for address in (SHEET, TEXT):
        answer = cast.browser(cast.inspector()).get(address)
        entry = Entry.objects.filter(event="audit.exported").latest("id")
        assert entry.facts == {"rows": entry.seq - 1, "sha256": hashlib.sha256(answer.content).hexdigest()}
        assert "no-store" in answer["Cache-Control"]
    book = openpyxl.load_workbook(io.BytesIO(cast.browser(cast.admin()).get(SHEET).content))
    assert book.active is not None and book.active.cell(4, 7).value == "lý do: lần 1"


def test_the_filters_of_the_page_hold() -> None:
    now = timezone.now()
    write(1, now - timedelta(days=3))
    write(2)
    today = timezone.localdate(now)
    client = cast.browser(cast.admin())
    assert len(read(client.get(TEXT, {"since": f"{today - timedelta(days=1)}"}))) == 2
    assert len(read(client.get(TEXT, {"until": f"{today - timedelta(days=1)}"}))) == 2
    assert len(read(client.get(TEXT, {"q": "lan 1"}))) == 2
    assert len(read(client.get(TEXT, {"event": "signin.failed", "agency": f"{cast.commune().pk}"}))) == 1


def test_too_many_rows_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST", 2)
    for number in range(3):
        write(number)
    answer = cast.browser(cast.admin()).get(TEXT)
    assert answer.status_code == 409 and "Hãy lọc theo ngày" in answer.content.decode()
    assert not Entry.objects.filter(event="audit.exported").exists()


def test_what_is_withheld_is_in_no_column(monkeypatch: pytest.MonkeyPatch) -> None:
    part, whole = write(1), write(2)
    monkeypatch.setattr(accounts_journal, "_finders", [])
    accounts_journal.add_withheld(lambda person, now: Withheld(frozenset({whole.pk}), {part.pk: frozenset({"reason"})}))
    text = cast.browser(cast.admin()).get(TEXT).content.decode()
    assert part.hash in text and "lần 1" not in text and "lần 2" not in text


def test_only_those_who_read_the_log() -> None:
    for name, person in cast.everybody().items():
        wanted = 200 if name in ("quan-tri", "thanh-tra") else 403
        assert cast.browser(person).get(SHEET).status_code == wanted, name
