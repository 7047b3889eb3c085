"""`milestones` and `workdays` read the same table as the pages, and say when there is none."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from scripts.paths import ROOT
from tests import cast
from tiepdan.policy import actions
from tiepdan.policy.lines import DayRow
from tiepdan.policy.models import Day
from tiepdan.policy.rules import OFF

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
EMPTY = "Bảng ngày làm việc chưa có dòng nào: tính theo lịch gợi ý của hệ thống, tạm tính."
AT = "2026-12-17T08:30+07:00"


def run(*words: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue().strip()


def answer(*words: str) -> Any:
    return json.loads(run(*words, "--json")[0])


@pytest.fixture
def confirmed(db: None) -> None:
    actions.seed_year(2026, at=NOW)
    actions.confirm_year(2026, "Thông báo 1", agency=cast.province(), by=cast.admin(), at=NOW)


def test_milestones_of_the_law(confirmed: None) -> None:
    found = answer("milestones", "--profile", "nd154-2026", "--at", AT)
    assert [(row["id"], row["due"]) for row in found] == [
        ("notice", "2026-12-10"),
        ("trial", "2026-12-16"),
        ("connected", "2026-12-17T07:30:00+07:00"),
    ]
    assert found[1] == {
        "id": "trial",
        "asks": "Kết nối thử thành công giữa điểm cầu trung tâm và mọi điểm cầu thành phần",
        "due": "2026-12-16",
        "citation": "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP",
        "amount": 1,
        "unit": "workdays",
        "advice": None,
        "note": "",
        "law": True,
        "confirmed": True,
    }


def test_milestones_of_the_pilot(confirmed: None) -> None:
    found = {row["id"]: row for row in answer("milestones", "--profile", "qd764-2025", "--at", AT)}
    assert {code: row["due"] for code, row in found.items()} == {
        "notice": "2026-12-10",
        "leaders_report": "2026-12-12",
        "invitation": "2026-12-14",
        "trial": "2026-12-16",
        "first_test": "2026-12-16",
        "second_test": "2026-12-17T06:30:00+07:00",
        "connected": "2026-12-17T07:30:00+07:00",
    }
    assert found["leaders_report"]["advice"] == "2026-12-11"


# Begin, 08:00 · notice · trial · report to the leaders · invitation · test before the day; counted by hand.
TRICKY = [
    (
        "2026-01-12",
        "2026-01-06",
        "2026-01-10",
        "2026-01-07",
        "2026-01-09",
        "2026-01-11",
    ),  # Saturday 10/1 worked for 2/1
    ("2026-02-23", "2026-02-09", "2026-02-13", "2026-02-18", "2026-02-20", "2026-02-22"),  # the first day after Tết
    ("2026-05-04", "2026-04-22", "2026-04-29", "2026-04-29", "2026-05-01", "2026-05-03"),  # Giỗ Tổ in lieu, 30/4, 1/5
    ("2026-08-25", "2026-08-19", "2026-08-24", "2026-08-20", "2026-08-22", "2026-08-24"),  # Saturday 22/8 is worked
    ("2026-09-03", "2026-08-24", "2026-08-28", "2026-08-29", "2026-08-31", "2026-09-02"),  # 31/8 – 2/9 off
    ("2026-11-26", "2026-11-18", "2026-11-25", "2026-11-21", "2026-11-23", "2026-11-25"),  # 24/11
    ("2027-01-04", "2026-12-25", "2026-12-31", "2026-12-30", "2027-01-01", "2027-01-03"),  # over the new year
    ("2027-02-12", "2027-01-29", "2027-02-11", "2027-02-07", "2027-02-09", "2027-02-11"),  # after Tết 2027
    (
        "2027-05-04",
        "2027-04-23",
        "2027-04-29",
        "2027-04-29",
        "2027-05-01",
        "2027-05-03",
    ),  # 1/5 on a Saturday, in lieu 3/5
    ("2027-09-06", "2027-08-26", "2027-09-01", "2027-09-01", "2027-09-03", "2027-09-05"),  # 2/9 – 3/9 off
]


@pytest.mark.parametrize(
    ("day", "notice", "trial", "report", "letters", "test"), TRICKY, ids=[row[0] for row in TRICKY]
)
def test_dates_that_are_easily_counted_wrong(
    confirmed: None, day: str, notice: str, trial: str, report: str, letters: str, test: str
) -> None:
    """Over the table as it is seeded for 2026 and 2027, with both profiles."""
    actions.seed_year(2027, at=NOW)
    law = {"notice": notice, "trial": trial, "connected": f"{day}T07:00:00+07:00"}
    pilot = {
        "leaders_report": report,
        "invitation": letters,
        "first_test": test,
        "second_test": f"{day}T06:00:00+07:00",
    }
    for profile, wanted in (("nd154-2026", law), ("qd764-2025", law | pilot)):
        found = answer("milestones", "--profile", profile, "--at", f"{day}T08:00+07:00")
        assert {row["id"]: row["due"] for row in found} == wanted
        assert [row["due"] for row in found] == sorted(row["due"] for row in found)


def test_the_milestones_in_words(confirmed: None) -> None:
    out, err = run("milestones", "--profile", "qd764-2025", "--at", AT)
    assert "leaders_report: hết thứ Bảy 12/12/2026; thực hiện trước: thứ Sáu 11/12/2026 – Báo cáo" in out
    assert "connected: 07:30, thứ Năm 17/12/2026 – Kết nối xong" in out and "[tạm tính]" not in out
    assert err == ""


def test_a_time_without_a_zone_is_vietnams_and_another_zone_is_turned(confirmed: None) -> None:
    for at in ("2026-12-17T08:30", "2026-12-17T01:30Z", "2026-12-17T01:30:00+00:00"):
        assert answer("milestones", "--at", at) == answer("milestones", "--at", AT)


def test_the_office_s_own_table_and_values_count(confirmed: None) -> None:
    who = {"by": cast.admin(), "at": NOW}
    actions.set_day(DayRow(date(2026, 12, 15), OFF, "Nghỉ bão", "Công điện 9"), agency=cast.province(), **who)
    actions.set_value(
        cast.province(),
        "nd154-2026",
        "milestones.trial",
        Decimal(2),
        valid_from=date(2026, 12, 7),
        reason="Quy chế",
        **who,
    )
    assert [row["due"] for row in answer("milestones", "--at", AT)][:2] == ["2026-12-09", "2026-12-16"]
    own = answer("milestones", "--at", AT, "--agency", "minh-chau")
    assert [row["due"] for row in own][:2] == ["2026-12-09", "2026-12-14"]


@pytest.mark.parametrize(
    ("first", "add", "found"),
    [
        ("2026-12-17", "-5", "2026-12-10"),
        ("2026-12-07", "5", "2026-12-14"),
        ("2026-12-12", "0", "2026-12-12"),
        ("2026-02-26", "-5", "2026-02-12"),
        ("2026-01-12", "-1", "2026-01-10"),
        ("2026-01-05", "-1", "2025-12-31"),
    ],
)
def test_workdays(confirmed: None, first: str, add: str, found: str) -> None:
    facts = answer("workdays", "--from", first, f"--add={add}")
    same_year = found.startswith("2026")
    assert facts == {"from": first, "add": int(add), "date": found, "confirmed": same_year}


def test_workdays_in_words(confirmed: None) -> None:
    assert run("workdays", "--from", "2026-12-17", "--add=-5") == ("thứ Năm 10/12/2026\n", "")
    assert run("workdays", "--from", "2026-12-30", "--add=2") == ("thứ Sáu 01/01/2027 [tạm tính]\n", "")


@pytest.mark.django_db
def test_an_empty_table_is_said_and_its_suggestion_counts() -> None:
    out, err = run("workdays", "--from", "2026-12-17", "--add=-5", "--json")
    assert json.loads(out) == {"from": "2026-12-17", "add": -5, "date": "2026-12-10", "confirmed": False}
    assert err == EMPTY
    out, err = run("milestones", "--at", AT, "--json")
    assert [row["confirmed"] for row in json.loads(out)] == [False, False, True]  # hours need no table
    assert err == EMPTY
    tet = ("2030-02-01", 1, "2030-02-07")  # 3 February 2030
    for first, add, found in (("2026-01-05", -1, "2025-12-31"), ("2026-01-09", 1, "2026-01-10"), tet):
        facts = answer("workdays", "--from", first, f"--add={add}")
        assert (facts["date"], facts["confirmed"]) == (found, False)


def test_without_a_database_the_suggestion_counts(tmp_path: Path) -> None:
    """As in a fresh checkout, before anything was set up."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("TIEPDAN_")}
    words = ["manage.py", "workdays", "--from", "2026-01-05", "--add=-1", "--json"]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env | {"TIEPDAN_DATA": str(tmp_path)}, capture_output=True, text=True
    )
    assert json.loads(done.stdout) == {"from": "2026-01-05", "add": -1, "date": "2025-12-31", "confirmed": False}
    assert "Cơ sở dữ liệu chưa được tạo" in done.stderr and done.returncode == 0


@pytest.mark.parametrize(
    ("profile", "at", "sentence"),
    [
        ("nd154-2026", "2026-06-30T08:00+07:00", "NĐ 154/2026 có hiệu lực từ thứ Tư 01/07/2026"),
        ("nd154-2026", "2026-06-30T17:30Z", ""),  # the first of July in Vietnam
        ("qd764-2025", "2025-03-21T08:00+07:00", "có hiệu lực từ thứ Hai 24/03/2025"),
    ],
)
def test_a_day_on_which_the_text_did_not_hold_is_said(confirmed: None, profile: str, at: str, sentence: str) -> None:
    out, err = run("milestones", "--profile", profile, "--at", at, "--json")
    assert json.loads(out)[0]["id"] == "notice"
    assert sentence in err if sentence else err == ""


@pytest.mark.django_db
def test_the_table_is_seeded_by_year() -> None:
    out, _ = run("workdays", "--seed", "2026", "--seed", "2027")
    assert "Năm 2026: đã lập" in out and "Năm 2027: đã lập" in out
    assert Day.objects.filter(day="2026-01-02", kind="off").exists()
    out, _ = run("workdays", "--seed", "2026")
    assert out == "Năm 2026: đã có lịch nghỉ, không thay đổi.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("milestones", "--at", "mai"), "«mai» không phải thời điểm"),
        (("milestones", "--at", "0001-01-02T08:00+07:00"), "nằm ngoài lịch"),
        (("milestones", "--at", AT, "--agency", "khong-co"), "Không có cơ quan nào mang mã «khong-co»."),
        (("milestones", "--at", AT, "--profile", "nd64"), "Không có bộ quy tắc «nd64». Có: nd154-2026, qd764-2025."),
        (("milestones", "--at", "2026-12-17"), "«2026-12-17» không phải thời điểm có ngày và giờ"),
        (("workdays", "--from", "2026-12-17", "--add=năm"), "«năm» không phải một số ngày"),
        (("workdays", "--from", "mai", "--add=1"), "«mai» không phải một ngày"),
        (("workdays", "--from", "2026-12-17"), "Cần cả --from và --add"),
        (("workdays", "--from", "2026-12-17", "--add=5001"), "Nhiều nhất 5000"),
        (("workdays", "--from", "9999-12-31", "--add=5"), "nằm ngoài lịch"),
        (("workdays",), "Cần --from và --add, hoặc --seed."),
        (("workdays", "--seed", "1900"), "Năm 1900 nằm ngoài bảng"),
    ],
)
@pytest.mark.django_db
def test_wrong_words_get_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence.replace("(", r"\(")):
        run(*words)
