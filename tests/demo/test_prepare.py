"""`manage.py demo prepare`: run as often as one likes, the slip on the table stays true."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.reception_cast import NOW
from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.cases.models import Case
from tiepdan.cases.rules import FIELDS, State
from tiepdan.demo.province import HALLS, PEOPLE
from tiepdan.demo.seed import seed_province, todays_reception
from tiepdan.kernel.refusals import Refused
from tiepdan.notify.models import Delivery
from tiepdan.points.models import Point
from tiepdan.receptions.actions import find_credential, issue_credential
from tiepdan.receptions.models import Credential, Reception, Version
from tiepdan.receptions.rules import Phase
from tiepdan.recordings.actions.jobs import token_hash
from tiepdan.recordings.models import Recorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "var"
    return tmp_path / "var"


def prepare(folder: Path, *, bare: bool = True) -> dict[str, Any]:
    out = StringIO()
    call_command("demo", "prepare", stdout=out, bare=bare)
    slip: dict[str, Any] = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    assert out.getvalue().startswith(slip["reception"]["code"])
    return slip


def _opens(username: str, password: str) -> bool:
    try:
        return find_credential(username, password, timezone.now()) is not None
    except Refused:
        return False


def works(slip: dict[str, Any]) -> bool:
    halls = [_opens(point["username"], point["password"]) for point in slip["points"]]
    people = [Person.objects.get(username=one["username"]).check_password(one["password"]) for one in slip["people"]]
    tokens = [Path(one["token_file"]).read_text() for one in slip["recorders"]]
    recorders = [Recorder.objects.filter(token_hash=token_hash(token)).exists() for token in tokens]
    files = [Path(one["password_file"]).read_text() for one in slip["standins"]]
    standins = [point["password"] for point in slip["points"] if point["standin"]]
    return all(halls) and all(people) and all(recorders) and files == standins


def test_the_slip_opens_every_door(folder: Path) -> None:
    slip = prepare(folder)
    assert works(slip)
    assert len(slip["people"]) == len(PEOPLE)
    assert len(slip["points"]) == len(HALLS) == Reception.objects.get().halls.count()
    assert (len(slip["recorders"]), len(slip["standins"])) == (2, 2)
    chair = next(one for one in slip["people"] if one["username"] == "chu-tri")
    browser = Client()
    browser.post("/dang-nhap/", {"username": chair["username"], "password": chair["password"]})
    assert browser.get(f"/phong/{slip['reception']['code']}/").status_code == 200


def test_secrets_are_for_their_owner_only(folder: Path) -> None:
    prepare(folder)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert {"demo.json", "may-ghi-1.token", "may-ghi-2.token", "so-nnmt.password", "xa-van-son.password"} == set(modes)


def test_a_second_run_changes_nothing(folder: Path) -> None:
    first = prepare(folder)
    tables = (Agency, Person, Post, Point, Credential, Recorder)
    rows = [list(model.objects.order_by("pk").values()) for model in tables]
    assert prepare(folder) == first
    assert [list(model.objects.order_by("pk").values()) for model in tables] == rows


def test_a_slip_that_was_lost_is_written_anew(folder: Path) -> None:
    prepare(folder)
    (folder / "demo.json").unlink()
    (folder / "may-ghi-1.token").unlink()
    assert works(prepare(folder))
    assert Reception.objects.count() == 1


@pytest.mark.parametrize("slip", ["", "{", "[]", '{"reception": {}}'])
def test_a_slip_that_cannot_be_read_is_written_anew(folder: Path, slip: str) -> None:
    prepare(folder)
    (folder / "demo.json").write_text(slip)
    assert works(prepare(folder))


def test_a_hall_whose_slip_was_replaced_on_the_page_gets_a_true_one_again(folder: Path) -> None:
    first = prepare(folder)
    hall = Reception.objects.get().halls.get(point__slug="xa-thanh-loc")
    issue_credential(hall, by=hall.reception.technician, now=timezone.now())
    assert not works(first)
    assert works(prepare(folder))


def test_a_new_day_makes_a_new_reception_and_new_slips(folder: Path) -> None:
    first = prepare(folder)
    day = timedelta(days=1)
    old = Reception.objects.get()
    Reception.objects.update(starts_at=old.starts_at - day, ends_at=old.ends_at - day)
    second = prepare(folder)
    assert first["reception"]["code"] != second["reception"]["code"]
    assert Reception.objects.count() == 2
    assert first["staff_password"] == second["staff_password"] and works(second)
    assert first["points"] != second["points"] and first["recorders"] == second["recorders"]


@pytest.mark.parametrize("state", ["closed", "sealed"])
def test_a_reception_that_has_ended_is_followed_by_another(folder: Path, state: str) -> None:
    first = prepare(folder)
    Reception.objects.update(state=state)
    second = prepare(folder)
    assert first["reception"]["code"] != second["reception"]["code"] and works(second)


def test_the_province_has_something_to_show_in_every_state(folder: Path) -> None:
    slip = prepare(folder, bare=False)
    assert set(Case.objects.values_list("state", flat=True)) == set(State)
    shown = set(Reception.objects.values_list("state", flat=True))
    # Open and suspended are what the reception of today becomes.
    assert shown == set(Phase) - {Phase.OPEN, Phase.PAUSED}
    assert set(Case.objects.values_list("field", flat=True)) <= set(FIELDS)  # the filter of the list finds them
    today = Reception.objects.get(code=slip["reception"]["code"])
    assert [matter.case.state for matter in today.matters.all()] == [State.PLANNED]
    assert Version.objects.filter(reception__state=Phase.POSTPONED).count() == 2
    cases = Case.objects.count()
    prepare(folder, bare=False)
    assert Case.objects.count() == cases


def test_today_is_the_day_in_viet_nam(folder: Path) -> None:
    seed_province("mat-khau-thu")
    late = NOW.replace(hour=16, minute=59)  # 23:59 in Việt Nam
    reception, made = todays_reception(late)
    assert (reception.code, made) == ("BT-2026-001", True)
    assert todays_reception(late) == (reception, False)
    after = todays_reception(late + timedelta(minutes=1))
    assert (after[0].code, after[1]) == ("BT-2026-002", True)


def test_letters_stand_in_each_state_between_waiting_and_answered(folder: Path) -> None:
    prepare(folder, bare=False)
    states = set(Delivery.objects.filter(topic__in=("invitation", "citizen_notice")).values_list("state", flat=True))
    assert states == {"queued", "sent", "delivered", "acknowledged"}
    officer = Client()
    officer.force_login(Person.objects.get(username="co-quan"))
    assert "BT-2026-005" in officer.get("/giay-moi/").content.decode()
