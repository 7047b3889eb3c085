"""The room's page, its tickets and its commands over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tests.live.people import connection, enter, hear, inside, opened, place
from tests.reception_cast import CENTRE, COMMUNE, PHONE
from tiepdan.audit.models import Entry
from tiepdan.live.models import Connection, Turn
from tiepdan.media.fake import FakeEngine
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
COMMANDS = {
    "open": "khai-mac",
    "suspend": "tam-dung",
    "resume": "tiep-tuc",
    "close": "ket-thuc",
    "floor": "cho-phat-bieu",
    "withdraw": "thu-quyen",
    "lock": "khoa-mic",
    "eject": "moi-ra",
    "readmit": "cho-vao-lai",
}


@pytest.fixture
def of(engine: FakeEngine) -> Reception:
    return stage.reception(now=timezone.now())


def page(of: Reception, rest: str = "") -> str:
    return f"/phong/{of.code}/{rest}"


def tell(who: Client, of: Reception, act: str, **form: str) -> Any:
    return who.post(page(of, f"{COMMANDS[act]}/"), form, headers=JSON)


def ticket(who: Client, of: Reception, **form: str) -> Any:
    return who.post(page(of, "ve/"), form, headers=JSON)


def config(who: Client, of: Reception) -> dict[str, Any]:
    text = who.get(page(of)).content.decode()
    assert '<main id="room"' in text
    body: dict[str, Any] = json.loads(text.split('id="room-config" type="application/json">')[1].split("</script>")[0])
    return body


def test_the_chair_gets_every_command_and_others_none(of: Reception) -> None:
    told = config(cast.browser(cast.chair()), of)
    assert told.pop("csrf")
    assert {name: told["urls"][name] for name in COMMANDS} == {
        name: page(of, f"{path}/") for name, path in COMMANDS.items()
    }
    assert {name: value for name, value in told.items() if name != "urls"} == {
        "code": of.code,
        "title": of.title,
        "role": "chair",
        "hall": None,
        "hall_name": "",
        "phone": PHONE,
        "pause_reasons": ["Nghỉ", "Kỹ thuật", "Bảo đảm trật tự", "Hội ý"],
    }
    roles = {"secretary": cast.secretary(), "technician": cast.technician(), "observer": cast.inspector()}
    for role, who in roles.items():
        told = config(cast.browser(who), of)
        assert (told["role"], sorted(told["urls"])) == (role, ["home", "recording", "state", "ticket"])


def test_a_hall_gets_its_own_page_and_no_way_to_the_recording(of: Reception) -> None:
    hall = stage.hall(of)
    told = config(stage.hall_browser(stage.credential(hall)), of)
    assert (told["role"], told["hall"], told["hall_name"]) == ("point", hall.key, "Xã Thanh Lộc")
    assert sorted(told["urls"]) == ["prepare", "state", "ticket"]


def test_who_has_not_signed_in_is_sent_to_the_door_and_scripts_are_told_so(of: Reception) -> None:
    assert Client().get(page(of))["Location"] == f"/dang-nhap/?next={page(of)}"
    for answer in (ticket(Client(), of), Client().get(page(of, "trang-thai.json"), headers=JSON)):
        assert (answer.status_code, answer.json()["code"]) == (403, "signed_out")
        assert answer.json()["sentence"] == "Phiên làm việc đã hết. Đăng nhập lại để vào tiếp."


def test_a_ticket_brings_the_address_the_right_and_the_state(engine: FakeEngine, of: Reception) -> None:
    hall = stage.hall(of)
    told = ticket(stage.hall_browser(stage.credential(hall)), of).json()
    assert (told["hall"], told["role"], told["url"]) == (hall.key, "point", engine.url)
    assert told["identity"] == Connection.objects.get().identity
    assert told["state"]["v"] > 0 and told["state"]["phase"] == "ready" and told["token"]
    station = ticket(cast.browser(cast.secretary()), of).json()
    assert (station["hall"], station["role"]) == (None, "secretary")
    assert station["identity"].startswith(f"s{cast.secretary().pk}.")


def test_the_second_machine_of_a_hall_asks_before_it_takes_over(engine: FakeEngine, of: Reception) -> None:
    slip = stage.credential(stage.hall(of))
    first, second = stage.hall_browser(slip), stage.hall_browser(slip)
    ticket(first, of)
    refused = ticket(second, of)
    assert (refused.status_code, refused.json()["code"]) == (409, "elsewhere")
    assert "Bấm «Chuyển sang máy này» để ngắt máy kia." in refused.json()["sentence"]
    taken = ticket(second, of, takeover="1").json()
    assert connection(taken["identity"]).ended_at is None
    assert ticket(second, of).json()["identity"] == taken["identity"]
    assert stage.events(of).count("command.refused") == 1


def test_the_replaced_machine_is_told_where_its_hall_went_and_may_take_it_back(of: Reception) -> None:
    slip = stage.credential(stage.hall(of))
    first, second = stage.hall_browser(slip), stage.hall_browser(slip)
    for who in (first, second):
        ticket(who, of, takeover="1")
    told = first.get(page(of, "trang-thai.json"), headers=JSON)
    assert (told.status_code, told.json()["code"]) == (409, "replaced")
    assert "Muốn dùng lại máy này, bấm «Chuyển sang máy này»." in told.json()["sentence"]
    assert second.get(page(of, "trang-thai.json")).status_code == 200
    ticket(first, of, takeover="1")
    assert first.get(page(of, "trang-thai.json")).status_code == 200


def test_the_address_of_a_hall_behind_a_proxy_is_its_own(of: Reception, settings: Any) -> None:
    settings.PROXIES = 1
    browser = stage.hall_browser(stage.credential(stage.hall(of)))
    browser.post(page(of, "ve/"), headers={**JSON, "x-forwarded-for": "1.2.3.4, 10.5.5.5"})
    assert Connection.objects.get().address == "10.5.5.5"


def test_a_machine_that_waits_for_the_engine_does_not_fill_the_log(engine: FakeEngine, of: Reception) -> None:
    browser = stage.hall_browser(stage.credential(stage.hall(of)))
    engine.down = True
    for _ in range(3):
        assert ticket(browser, of).json()["code"] == "media_down"
    assert "command.refused" not in stage.events(of)


def test_a_hall_of_another_reception_is_told_where_it_belongs(of: Reception) -> None:
    other = stage.reception("BT-2026-013", now=timezone.now(), prefix="khac-")
    browser = stage.hall_browser(stage.credential(stage.hall(other)))
    for answer in (ticket(browser, of), browser.get(page(of), headers=JSON)):
        assert (answer.status_code, answer.json()["code"]) == (409, "not_listed")
        assert "không có trong danh sách của buổi tiếp BT-2026-012" in answer.json()["sentence"]
        assert "Hãy vào buổi tiếp BT-2026-013" in answer.json()["sentence"]
    entries = Entry.objects.filter(event="access.refused", about_id=str(of.pk))
    assert {entry.by_label for entry in entries} == {"Xã Thanh Lộc"}
    assert browser.get("/phong/BT-0000-000/").status_code == 404


def test_the_state_is_the_same_for_everybody(of: Reception) -> None:
    hall = stage.hall_browser(stage.credential(stage.hall(of)))
    states = [who.get(page(of, "trang-thai.json")).json() for who in (hall, cast.browser(cast.chair()))]
    assert states[0] == states[1]
    assert [place["name"] for place in states[0]["state"]["halls"]] == list(stage.HALLS.values())


def test_the_chair_conducts_a_reception_from_its_opening_to_its_end(engine: FakeEngine) -> None:
    now = timezone.now()
    of = stage.reception(now=now)
    for slug in (CENTRE, COMMUNE):
        enter(engine, stage.hall(of, slug), now=now)
    stage.recording(of, timezone.now())
    chair = cast.browser(cast.chair())
    key = place(of).key
    assert tell(chair, of, "open").json()["state"]["phase"] == "open"
    assert tell(chair, of, "floor", hall=key).json()["state"]["floor"]["hall"] == key
    assert tell(chair, of, "lock", hall=key, locked="1").json()["state"]["halls"][1]["locked"] is True
    assert tell(chair, of, "lock", hall=key, locked="0").json()["state"]["halls"][1]["locked"] is False
    assert tell(chair, of, "withdraw").json()["state"]["floor"] is None
    assert tell(chair, of, "eject", hall=key, reason="Gây rối").json()["state"]["halls"][1]["removed"] is True
    assert tell(chair, of, "readmit", hall=key).json()["state"]["halls"][1]["removed"] is False
    paused = tell(chair, of, "suspend", reason="Hội ý").json()["state"]
    assert (paused["phase"], paused["pause_reason"]) == ("paused", "Hội ý")
    stage.recording(of, timezone.now())
    assert tell(chair, of, "resume").json()["state"]["phase"] == "open"
    assert tell(chair, of, "close").json()["state"]["phase"] == "closed"
    assert inside(engine, of) == {}
    assert ticket(chair, of).json()["code"] == "closed"
    assert set(Entry.objects.filter(event__startswith="reception.").values_list("by__username", flat=True)) == {
        "chu-tri"
    }


def test_the_gate_is_told_to_the_chair_and_to_the_log(of: Reception) -> None:
    answer = tell(cast.browser(cast.chair()), of, "open")
    assert (answer.status_code, answer.json()["code"]) == (409, "gate")
    assert answer.json()["sentence"].startswith("Chưa thể khai mạc: máy ghi chưa ghi được hình và tiếng")
    entry = Entry.objects.get(event="command.refused")
    assert (entry.by, entry.facts["command"], entry.facts["code"]) == (cast.chair(), "open", "gate")
    assert entry.facts["sentence"] == answer.json()["sentence"]


@pytest.mark.parametrize(
    ("act", "form", "sentence"),
    [
        ("suspend", {}, "Chưa chọn lý do tạm dừng."),
        ("suspend", {"reason": "Về sớm"}, "Lý do tạm dừng không có trong danh sách."),
        ("floor", {}, "Chưa chọn điểm cầu."),
        ("readmit", {"hall": " "}, "Chưa chọn điểm cầu."),
        ("lock", {"locked": "1"}, "Chưa chọn điểm cầu."),
        ("eject", {"hall": "p1", "reason": "  "}, "Chưa nhập lý do mời ra khỏi phòng. Lý do được ghi vào biên bản."),
        ("eject", {"reason": "Gây rối"}, "Chưa chọn điểm cầu."),
    ],
)
def test_an_unfinished_command_is_refused_in_one_sentence(
    of: Reception, act: str, form: dict[str, str], sentence: str
) -> None:
    answer = tell(cast.browser(cast.chair()), of, act, **form)
    assert (answer.status_code, answer.json()) == (422, {"sentence": sentence, "code": "form"})


@pytest.mark.parametrize("locked", ["", "2", "true"])
def test_lock_or_unlock_must_be_said(of: Reception, locked: str) -> None:
    answer = tell(cast.browser(cast.chair()), of, "lock", hall=place(of).key, locked=locked)
    assert answer.status_code == 422 and answer.json()["sentence"]


@pytest.mark.parametrize("act", ["floor", "lock", "eject", "readmit"])
def test_a_hall_of_another_reception_cannot_be_commanded(engine: FakeEngine, act: str) -> None:
    of = opened(engine, COMMUNE, now=timezone.now())
    other = stage.hall(stage.foreign_reception(timezone.now()))
    for key in (other.key, "p0", "khong-co", "7"):
        answer = tell(cast.browser(cast.chair()), of, act, hall=key, locked="1", reason="x")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not Turn.objects.exists()


@pytest.mark.parametrize("act", list(COMMANDS))
def test_nobody_but_the_chair_conducts(engine: FakeEngine, act: str) -> None:
    of = opened(engine, COMMUNE, now=timezone.now())
    hear(engine)
    before = (stage.marks(of), of.state)
    form = {"hall": place(of).key, "locked": "1", "reason": "Nghỉ"}
    hall = stage.hall_browser(stage.credential(stage.hall(of, CENTRE)))
    staff = [cast.browser(who) for who in (cast.secretary(), cast.technician(), cast.clerk(), cast.admin())]
    for who in (hall, *staff):
        answer = tell(who, of, act, **form)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert answer.json()["sentence"] == "Chỉ người chủ trì được điều khiển buổi tiếp."
    assert tell(Client(), of, act, **form).status_code == 403
    assert tell(cast.browser(cast.outsider()), of, act, **form).status_code == 404
    protected = Client(enforce_csrf_checks=True)
    protected.force_login(cast.chair())
    assert protected.post(page(of, f"{COMMANDS[act]}/"), form).status_code == 403
    assert cast.browser(cast.chair()).get(page(of, f"{COMMANDS[act]}/")).status_code == 405
    of.refresh_from_db()
    assert (stage.marks(of), of.state) == before


def test_a_running_reception_stands_on_every_page_of_its_people(engine: FakeEngine) -> None:
    of = opened(engine, now=timezone.now())
    text = cast.browser(cast.secretary()).get("/buoi-tiep/").content.decode()
    assert f"Buổi tiếp {of.code} đang diễn ra" in text
    assert "đang diễn ra" not in cast.browser(cast.outsider()).get("/buoi-tiep/").content.decode()
