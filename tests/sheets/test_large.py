"""A large sheet is brought in by the worker, in transactions that nobody has to wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests import case_cast, cast
from tests.sheets.books import book
from tiepdan.accounts.models import Agency, Person
from tiepdan.audit.models import Entry
from tiepdan.kernel import due
from tiepdan.kernel.refusals import Refused
from tiepdan.sheets import actions, importers
from tiepdan.sheets.models import Upload
from tiepdan.sheets.office import AGENCIES
from tiepdan.sheets.rules import MANY_ROWS, PER_CLAIM, PER_WRITE

pytestmark = pytest.mark.django_db
NOW = case_cast.NOW
LATER = NOW + timedelta(hours=1)


def confirmed(rows: int) -> Upload:
    """`rows` communes, looked at and confirmed."""
    lines = [[f"xa-{n}", f"UBND xã {n}", f"Xã {n}", "UBND cấp xã", "minh-chau", "01/07/2025"] for n in range(rows)]
    content = book([column.heading for column in AGENCIES.columns], *lines)
    row = actions.take(AGENCIES, content, name="bang.xlsx", agency=cast.province(), by=cast.admin(), at=NOW)
    assert actions.bring_in(row, AGENCIES, only_right=False, by=cast.admin(), at=NOW) == (
        0 if rows > MANY_ROWS else rows
    )
    return row


def communes() -> int:
    return Agency.objects.filter(code__startswith="xa-").count()


def test_the_worker_takes_some_hundred_rows_at_a_time_and_the_page_tells() -> None:
    row = confirmed(PER_CLAIM + 5)
    assert (row.state, communes()) == ("running", 0)
    assert due.run_one(NOW, slow=True)
    row.refresh_from_db()
    assert (row.state, row.imported, communes()) == ("running", PER_CLAIM, PER_CLAIM)
    text = cast.browser(cast.admin()).get(f"/nhap-bang/co-quan/{row.pk}/").content.decode()
    assert f"{PER_CLAIM}/{PER_CLAIM + 5} dòng" in text and 'hx-trigger="every 2s"' in text
    assert f"Nhập {PER_CLAIM + 5} dòng" not in text
    assert due.run_one(NOW, slow=True)
    row.refresh_from_db()
    assert (row.state, row.imported, row.problems, row.due_at) == ("done", PER_CLAIM + 5, [], None)
    assert Agency.objects.filter(code__startswith="xa-").values("code").distinct().count() == PER_CLAIM + 5
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.facts["rows"], entry.facts["wrong"]) == ("sheets.imported", PER_CLAIM + 5, 0)
    with pytest.raises(Refused, match="Đã nhập"):
        actions.drop(row, AGENCIES, by=cast.admin(), at=NOW)


@pytest.fixture
def breaking() -> Iterator[list[str]]:
    """The same sheet, whose rows with these codes break off as a crash would."""
    codes: list[str] = []

    def apply(row: dict[str, Any], agency: Agency, by: Person, at: datetime) -> None:
        if row["code"] in codes:
            raise OSError("the machine went down")
        AGENCIES.apply(row, agency, by, at)

    importers.register(replace(AGENCIES, apply=apply))
    yield codes
    importers.register(AGENCIES)


def test_after_a_crash_it_goes_on_where_it_was(breaking: list[str]) -> None:
    row = confirmed(MANY_ROWS + 10)
    breaking.append(f"xa-{2 * PER_WRITE + 3}")
    assert due.run_one(NOW, slow=True)
    row.refresh_from_db()
    assert (row.state, row.imported, communes(), row.failures) == ("running", 2 * PER_WRITE, 2 * PER_WRITE, 1)
    breaking.clear()
    assert due.run_one(LATER, slow=True)
    row.refresh_from_db()
    assert (row.state, row.imported, communes(), row.problems) == ("done", MANY_ROWS + 10, MANY_ROWS + 10, [])


def test_a_row_that_became_wrong_meanwhile_is_left_out_and_told() -> None:
    row = confirmed(MANY_ROWS + 1)
    cast.agency("xa-7", "UBND xã Bảy", parent=cast.province())
    assert due.run_one(NOW, slow=True)
    row.refresh_from_db()
    assert (row.state, row.imported) == ("done", MANY_ROWS)
    assert row.problems == [[9, ["Mã «xa-7» đã có cơ quan khác dùng."]]]
    text = cast.browser(cast.admin()).get(f"/nhap-bang/co-quan/{row.pk}/").content.decode()
    assert "1 dòng chưa nhập" in text and "Mã «xa-7» đã có cơ quan khác dùng." in text


@pytest.mark.django_db(transaction=True)
def test_no_transaction_holds_more_than_some_rows() -> None:
    """SQLite has one writer: recorders and rooms write between two groups of rows."""
    confirmed(MANY_ROWS + 1)
    written: list[int] = [0]  # PostgreSQL tells of no BEGIN

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("BEGIN"):
            written.append(0)
        elif sql.startswith('INSERT INTO "accounts_agency" '):
            written[-1] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        assert due.run_one(NOW, slow=True)
    assert communes() == MANY_ROWS + 1
    assert connection.vendor != "sqlite" or max(written) == PER_WRITE
