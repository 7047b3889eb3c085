from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction

from tests import cast
from tiepdan.audit import actions, labels, triggers
from tiepdan.audit.models import Entry, Head
from tiepdan.audit.queries import FEW, entries_of, matching, verify, verify_all
from tiepdan.audit.rules import GENESIS, chain_key
from tiepdan.audit.sentences import line

NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def write(n: int = 3) -> list[Entry]:
    agency, by = cast.province(), cast.clerk()
    return [
        actions.record(
            "case.made", agency=agency, at=NOW + timedelta(seconds=i), by=by, about=by, number=i, ratio=i / 3
        )
        for i in range(n)
    ]


def test_rows_are_chained() -> None:
    entries = write()
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.prev for entry in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    head = Head.objects.get(chain=chain_key(cast.province().pk))
    assert (head.seq, head.hash) == (3, entries[2].hash)
    report = verify(head.chain)
    assert (report.intact, report.count, report.head, report.last_at) == (True, 3, head.hash, entries[2].at)


def test_what_a_row_says() -> None:
    clerk = cast.clerk()
    entry = actions.record("case.made", agency=cast.province(), at=NOW, by=clerk, about=cast.commune(), reason="Nghỉ")
    entry.refresh_from_db()
    assert (entry.by_label, entry.about_kind, entry.about_id, entry.about_label, entry.facts) == (
        "Phạm Thị Hoa (can-bo)",
        "accounts.agency",
        str(cast.commune().pk),
        "UBND xã Thanh Lộc",
        {"reason": "Nghỉ"},
    )


def test_each_agency_and_the_system_has_its_own_chain() -> None:
    write(2)
    actions.record("x", agency=cast.elsewhere(), at=NOW)
    actions.record("x", agency=None, at=NOW, by_label="Máy ghi 1")
    counts = {report.chain: report.count for report in verify_all()}
    assert counts == {str(cast.province().pk): 2, str(cast.elsewhere().pk): 1, "system": 1}
    assert all(report.intact for report in verify_all())


def test_a_refused_act_leaves_no_row_and_no_hole() -> None:
    write(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(1)
        raise ZeroDivisionError
    write(1)
    assert verify(chain_key(cast.province().pk)).count == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET event = 'x' WHERE seq = 2",
        "UPDATE audit_entry SET seq = seq",
        "DELETE FROM audit_entry WHERE seq = 2",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_every_change(statement: str) -> None:
    write()
    with (
        pytest.raises(IntegrityError, match="can only be added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 3


def test_the_models_way_is_refused_too() -> None:
    entry = write(1)[0]
    entry.event = "x"
    for act in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.fixture
def tamper() -> Iterator[Callable[[str], None]]:
    """What somebody with the database's own rights can do."""

    def run(statement: str) -> None:
        triggers.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement)

    yield run
    triggers.install(connection)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_entry SET by_label = 'Người khác' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET facts = '{\"number\": 9}' WHERE seq = 3", 3),
        ("UPDATE audit_entry SET at = '2026-12-17 02:00:00' WHERE seq = 1", 1),
        ("UPDATE audit_entry SET by_id = NULL WHERE seq = 2", 2),
        ("UPDATE audit_entry SET prev = hash WHERE seq = 2", 2),
        ("UPDATE audit_entry SET seq = 9 WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 1", 1),
        ("DELETE FROM audit_entry WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 4", 4),
        ("DELETE FROM audit_entry", 1),
        ("DELETE FROM audit_head", 5),
        ("UPDATE audit_head SET seq = 3", 5),
        ("UPDATE audit_head SET seq = 5", 5),
        ("UPDATE audit_head SET hash = '0'", 5),
    ],
)
def test_a_change_behind_our_back_is_found(tamper: Callable[[str], None], statement: str, broken_at: int) -> None:
    write(4)
    tamper(statement)
    reports = list(verify_all())
    assert [(report.intact, report.broken_at) for report in reports] == [(False, broken_at)]
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=out)
    assert ended.value.code == 1
    assert f"ĐỨT tại #{broken_at}" in out.getvalue()


def test_the_command_on_whole_chains() -> None:
    write(2)
    actions.record("x", agency=None, at=NOW)
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "UBND tỉnh Minh Châu: 2 dòng · đến 17/12/2026 08:30:01" in out.getvalue()
    assert "Hệ thống: 1 dòng" in out.getvalue()
    assert out.getvalue().endswith("Mọi chuỗi nguyên vẹn.\n")


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_chain_wait_for_each_other() -> None:
    agency = cast.province()
    barrier = Barrier(4)
    problems: list[Exception] = []

    def writer() -> None:
        try:
            barrier.wait(timeout=10)
            for number in range(10):
                actions.record("race", agency=agency, at=NOW, number=number)
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert problems == []
    report = verify(chain_key(agency.pk))
    assert (report.intact, report.count) == (True, 40)


def test_filters() -> None:
    agency = cast.province()
    actions.record("reception.opened", agency=agency, at=NOW, by=cast.chair(), about=cast.commune())
    actions.record("reception.closed", agency=agency, at=NOW, by=cast.chair())
    actions.record("signin.failed", agency=agency, at=NOW, reason="Sai mật khẩu")
    actions.record("signin.failed", agency=cast.elsewhere(), at=NOW)
    ours = entries_of([agency.pk])
    commune = cast.commune().pk
    assert ours.count() == 3
    for filters, count in [
        ({"event": "reception."}, 2),
        ({"event": "reception.opened"}, 1),
        ({"event": "reception"}, 0),
        ({"about": f"accounts.agency:{commune}"}, 1),
        ({"about": "rubbish"}, 0),
        ({"text": "nguyen duc an"}, 2),
        ({"text": "SAI  mật"}, 1),
        ({"text": "dang nhap khong thanh cong"}, 1),
        ({"text": "thanh loc", "event": "reception.opened"}, 1),
    ]:
        assert matching(ours, **filters).count() == count, filters


def test_words_of_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "_labels", {})
    labels.register({"reception.paused": "Tạm dừng buổi tiếp"})
    with pytest.raises(ValueError, match="already"):
        labels.register({"reception.paused": "Nghỉ"})
    entry = actions.record(
        "reception.paused",
        agency=cast.province(),
        at=NOW,
        by=cast.chair(),
        reason="Nghỉ",
        halls=["p1", "p2"],
        is_spare=True,
    )
    said = line(entry)
    assert (said.label, said.by, said.seq) == ("Tạm dừng buổi tiếp", "Nguyễn Đức Ân (chu-tri)", 1)
    assert said.facts == [("halls", "p1, p2"), ("is_spare", "có"), ("lý do", "Nghỉ")]


def test_a_wide_reach_and_a_narrow_one_read_the_same() -> None:
    ours, others = cast.province().pk, cast.elsewhere().pk
    write(2)
    actions.record("x", agency=cast.elsewhere(), at=NOW)
    actions.record("x", agency=None, at=NOW, by_label="Máy ghi 1")
    many = range(10_000, 10_000 + FEW)  # agencies without a line
    for mine, system, count in (
        ([ours], False, 2),
        ([ours, *many], False, 2),
        ([ours, others, *many], False, 3),
        ([ours], True, 3),
        (many, True, 1),
        (many, False, 0),
    ):
        assert entries_of(mine, system=system).count() == count, (mine, system)
    newest = [entry.seq for entry in entries_of([ours, *many])]
    assert newest == [2, 1] and matching(entries_of([ours, *many], system=True), agency=ours).count() == 2
