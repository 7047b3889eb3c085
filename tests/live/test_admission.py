"""Who gets a ticket: one browser per hall, and only with a slip that works."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.live.people import LISTENS, SPEAKS, ask, connection, enter, fresh, hear, inside, look, place, room_name
from tests.reception_cast import CENTRE, COMMUNE, NOW
from tiepdan.kernel.refusals import Refused
from tiepdan.live import actions
from tiepdan.live.models import Connection, Stay
from tiepdan.live.rules import STATION_RIGHTS
from tiepdan.media.fake import FakeEngine
from tiepdan.receptions.actions import issue_credential, revoke_credential
from tiepdan.recordings.models import Job

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=3)


def test_a_hall_enters_with_camera_and_without_microphone(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    identity = enter(engine, hall)
    assert inside(engine, hall.reception) == {identity: LISTENS}
    assert identity == f"{hall.key}.{Connection.objects.get().pk}"
    assert stage.events(hall.reception) == ["point.admitted", "point.joined"]


def test_the_central_hall_may_speak_and_is_recorded_from_its_entry_on(engine: FakeEngine) -> None:
    of = stage.reception()
    ask(stage.hall(of, COMMUNE))
    assert not Job.objects.exists()
    identity = enter(engine, stage.hall(of, CENTRE))
    assert inside(engine, of) == {identity: SPEAKS}
    assert (Job.objects.get().room, Job.objects.get().takes_wanted) == (room_name(of), 2)
    ask(stage.hall(of, CENTRE))
    assert stage.events(of).count("recording.requested") == 1


def test_the_state_in_the_ticket_names_every_hall_of_the_plan(engine: FakeEngine) -> None:
    of = stage.reception()
    state = ask(stage.hall(of)).state
    assert [(hall["point"], hall["central"]) for hall in state["halls"]] == [
        (slug, slug == CENTRE) for slug in stage.HALLS
    ]
    assert (state["phase"], state["floor"], state["recording"]) == ("ready", None, {"running": 0, "wanted": 2})


def test_a_station_watches_only_and_two_windows_do_no_harm(engine: FakeEngine) -> None:
    of = stage.reception()
    first, second = (actions.admit_station(cast.chair(), of, now=NOW) for _ in range(2))
    engine.join(first.ticket)
    engine.join(second.ticket)
    assert list(inside(engine, of).values()) == [STATION_RIGHTS, STATION_RIGHTS]
    assert first.hall is None


def test_the_same_device_comes_back_under_the_same_name(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    first = enter(engine, hall)
    assert ask(hall, now=LATER).ticket.identity == first
    assert stage.events(hall.reception).count("point.admitted") == 1


def test_another_device_is_told_where_the_hall_is_in_use(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    enter(engine, hall)
    with pytest.raises(Refused) as caught:
        ask(hall, device="may-b", now=LATER)
    assert caught.value.code == "elsewhere"
    assert caught.value.sentence == (
        "Điểm cầu này đang dùng trên một máy khác từ 08:30. Bấm «Chuyển sang máy này» để ngắt máy kia."
    )
    assert Connection.objects.count() == 1


def test_the_takeover_sends_the_other_device_out(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    older = enter(engine, hall)
    admission = ask(hall, device="may-b", takeover=True, now=LATER)
    assert inside(engine, hall.reception) == {}
    engine.join(admission.ticket)
    hear(engine, LATER)
    assert list(inside(engine, hall.reception)) == [admission.ticket.identity]
    assert (connection(older).end_code, connection(older).ended_at) == ("replaced", LATER)
    assert Stay.objects.get(connection=connection(older)).to_at == LATER
    with pytest.raises(Refused) as caught:
        ask(hall, device="may-a", now=LATER)
    assert caught.value.code == "elsewhere"


def test_after_a_power_cut_another_device_enters_without_asking(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    older = enter(engine, hall)
    engine.leave(room_name(hall.reception), older)  # the engine noticed, and its notice got lost
    identity = enter(engine, hall, device="may-b", now=LATER)
    assert list(inside(engine, hall.reception)) == [identity]
    assert connection(older).end_code == "replaced"


@pytest.mark.parametrize(("seconds", "refused"), [(0, True), (14, True), (15, False)])
def test_a_device_that_is_still_connecting_counts_as_being_there(
    engine: FakeEngine, seconds: int, refused: bool
) -> None:
    hall = stage.hall(stage.reception())
    ask(hall)
    later = NOW + timedelta(seconds=seconds)
    if refused:
        with pytest.raises(Refused, match="đang dùng trên một máy khác"):
            ask(hall, device="may-b", now=later)
    else:
        assert ask(hall, device="may-b", now=later).hall == hall.key


def test_a_device_that_was_seen_and_left_again_is_not_waited_for(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    older = enter(engine, hall)
    engine.leave(room_name(hall.reception), older)
    assert ask(hall, device="may-b", now=NOW + timedelta(seconds=1)).hall == hall.key


def test_while_the_engine_is_away_the_page_tries_again_by_itself(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    engine.down = True
    with pytest.raises(Refused) as caught:
        ask(hall)
    assert caught.value.code == "media_down"
    assert caught.value.sentence.endswith(f"nếu quá một phút, gọi kỹ thuật: {stage.PHONE}.")
    engine.down = False
    identity = enter(engine, hall, now=LATER)
    assert Connection.objects.count() == 1 and list(inside(engine, hall.reception)) == [identity]


def test_the_recording_is_asked_for_even_while_the_engine_is_away(engine: FakeEngine) -> None:
    of = stage.reception()
    engine.down = True
    with pytest.raises(Refused):
        ask(stage.hall(of, CENTRE))
    assert Job.objects.filter(reception=of).exists()


def test_while_the_engine_is_away_the_last_seen_device_keeps_the_hall(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    enter(engine, hall)
    engine.down = True
    with pytest.raises(Refused) as caught:
        ask(hall, device="may-b", now=LATER)
    assert caught.value.code == "elsewhere"


def test_a_hall_that_was_sent_out_gets_no_ticket_until_it_is_let_in(engine: FakeEngine) -> None:
    of = stage.reception()
    enter(engine, stage.hall(of))
    actions.eject(place(of), "Gây mất trật tự", by=cast.chair(), now=LATER)
    with pytest.raises(Refused) as caught:
        ask(place(of), now=LATER)
    assert caught.value.code == "removed"
    assert caught.value.sentence == (
        f"Điểm cầu đã được mời ra khỏi phòng lúc 08:33. Lý do: Gây mất trật tự. Gọi điểm cầu trung tâm: {stage.PHONE}."
    )
    actions.readmit(place(of), by=cast.chair(), now=LATER)
    enter(engine, place(of), now=LATER)
    assert len(inside(engine, of)) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"valid_from": NOW + timedelta(seconds=1)}, "not_yet"),
        ({"valid_to": NOW - timedelta(seconds=1)}, "expired"),
        ({"revoked_at": NOW}, "revoked"),
    ],
)
def test_a_slip_that_does_not_work_opens_nothing(engine: FakeEngine, change: dict[str, object], code: str) -> None:
    slip = stage.credential(stage.hall(stage.reception()), **change)
    with pytest.raises(Refused) as caught:
        actions.admit_point(slip, device="may-a", takeover=True, address="", browser="", now=NOW)
    assert caught.value.code == code
    assert not Connection.objects.exists()


def test_a_slip_withdrawn_after_the_page_was_opened_is_noticed(engine: FakeEngine) -> None:
    slip = stage.credential(stage.hall(stage.reception()))
    revoke_credential(stage.credential(slip.hall), by=cast.technician(), now=NOW)
    with pytest.raises(Refused) as caught:
        actions.admit_point(slip, device="may-a", takeover=False, address="", browser="", now=LATER)
    assert caught.value.code == "revoked"


def test_a_new_slip_for_a_new_device_waits_for_the_old_connection_to_be_cut_off(engine: FakeEngine) -> None:
    hall = stage.hall(stage.reception())
    older = enter(engine, hall)
    slip, _ = issue_credential(hall, by=cast.technician(), now=LATER)
    look(hall.reception, LATER)
    assert connection(older).end_code == "revoked"
    admission = actions.admit_point(slip, device="may-b", takeover=False, address="", browser="", now=LATER)
    engine.join(admission.ticket)
    assert list(inside(engine, hall.reception)) == [admission.ticket.identity]


@pytest.mark.parametrize("state", ["closed", "sealed"])
def test_nobody_enters_after_the_end(engine: FakeEngine, state: str) -> None:
    of = stage.reception(state=state)
    for entry in (lambda: ask(stage.hall(of)), lambda: actions.admit_station(cast.chair(), fresh(of), now=NOW)):
        with pytest.raises(Refused) as caught:
            entry()
        assert (caught.value.code, caught.value.sentence) == (
            "closed",
            "Buổi tiếp đã kết thúc. Kết quả được thông báo bằng văn bản.",
        )
