"""Opening, suspending, resuming, closing: what the law asks of the recording, and what everybody loses and keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.live.people import LISTENS, SPEAKS, ask, connection, enter, fresh, inside, look, opened, place, shown
from tests.reception_cast import CENTRE, COMMUNE, NOW
from tiepdan.kernel.refusals import Refused
from tiepdan.live import actions
from tiepdan.live.models import Connection, Room, Stay, Turn
from tiepdan.media.fake import FakeEngine
from tiepdan.receptions.models import Reception
from tiepdan.recordings.models import Job, Recorder

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
LATER = NOW + 60 * SECOND
STEPS: dict[str, Callable[[Reception], object]] = {
    "open": lambda of: actions.open_reception(of, by=cast.chair(), now=NOW),
    "suspend": lambda of: actions.suspend(of, "Nghỉ", by=cast.chair(), now=NOW),
    "resume": lambda of: actions.resume(of, by=cast.chair(), now=NOW),
    "close": lambda of: actions.close(of, by=cast.chair(), now=NOW),
}
ALLOWED = {("ready", "open"), ("open", "suspend"), ("paused", "resume"), ("open", "close"), ("paused", "close")}


def ready(engine: FakeEngine, seconds: float = 60, numbers: tuple[int, ...] = (1, 2)) -> Reception:
    of = stage.reception()
    enter(engine, stage.hall(of, CENTRE))
    stage.recording(of, seconds=seconds, numbers=numbers)
    return of


def test_the_reception_opens_when_sound_and_picture_of_the_centre_are_on_disk(engine: FakeEngine) -> None:
    of = ready(engine)
    actions.open_reception(of, by=cast.chair(), now=NOW)
    assert (fresh(of).state, fresh(of).opened_at) == ("open", NOW)
    assert (shown(engine, of)["phase"], shown(engine, of)["opened_at"]) == ("open", "2026-12-17T01:30:00.000Z")
    assert shown(engine, of)["recording"] == {"running": 2, "wanted": 2}
    assert stage.marks(of) == [("opened", "Khai mạc")]
    assert stage.events(of)[-1] == "reception.opened"


@pytest.mark.parametrize(("seconds", "wait"), [(0, 10), (4, 6), (9.5, 1)])
def test_the_opening_waits_for_the_proof(engine: FakeEngine, seconds: float, wait: int) -> None:
    of = ready(engine, seconds)
    with pytest.raises(Refused) as caught:
        actions.open_reception(of, by=cast.chair(), now=NOW)
    assert caught.value.code == "gate"
    assert f"Chờ {wait} giây hoặc gọi kỹ thuật." in caught.value.sentence
    assert "khoản 1 Điều 24 NĐ 154/2026/NĐ-CP" in caught.value.sentence
    assert (fresh(of).state, stage.marks(of)) == ("ready", [])


def test_one_take_of_two_is_enough_to_open(engine: FakeEngine) -> None:
    of = ready(engine, numbers=(1,))
    actions.open_reception(of, by=cast.chair(), now=NOW)
    assert shown(engine, of)["alarms"][0]["sentence"].startswith("Một máy ghi đã dừng, 1/2 máy đang ghi.")


def test_without_a_recorder_nothing_opens(engine: FakeEngine) -> None:
    of = stage.reception()
    enter(engine, stage.hall(of, CENTRE))
    with pytest.raises(Refused, match="Chưa thể khai mạc: máy ghi chưa ghi được hình và tiếng"):
        actions.open_reception(of, by=cast.chair(), now=NOW)


def test_a_recorder_that_went_silent_proves_nothing(engine: FakeEngine) -> None:
    of = ready(engine)
    with pytest.raises(Refused, match="Chờ 10 giây"):
        actions.open_reception(of, by=cast.chair(), now=NOW + 4 * SECOND)


def test_the_disk_must_hold_twice_the_planned_time(engine: FakeEngine) -> None:
    of = ready(engine)
    Recorder.objects.filter(name="may-ghi-2").update(disk_free=4 * 170_000 * 3600 * 5)
    with pytest.raises(Refused, match="máy ghi chỉ còn ghi được 5,0 giờ; cần ít nhất 6,0 giờ"):
        actions.open_reception(of, by=cast.chair(), now=NOW)


def test_the_pause_ends_the_turn_and_the_recording_goes_on(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    actions.give_floor(place(of), by=cast.chair(), now=NOW)
    actions.suspend(fresh(of), "Hội ý", by=cast.chair(), now=LATER)
    assert (Turn.objects.get().end_code, Turn.objects.get().ended_at) == ("paused", LATER)
    assert list(inside(engine, of).values()) == [SPEAKS, LISTENS]
    state = shown(engine, of)
    assert (state["phase"], state["pause_reason"], state["floor"]) == ("paused", "Hội ý", None)
    assert state["paused_at"] == "2026-12-17T01:31:00.000Z"
    assert stage.marks(of)[-2:] == [("floor_end", "Xã Thanh Lộc thôi phát biểu"), ("paused", "Tạm dừng: Hội ý")]
    assert Job.objects.get().ended_at is None


def test_the_reception_goes_on_and_the_floor_is_free(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    actions.suspend(of, "Nghỉ", by=cast.chair(), now=NOW)
    actions.resume(fresh(of), by=cast.chair(), now=NOW + SECOND)
    state = shown(engine, of)
    assert (state["phase"], state["paused_at"], state["pause_reason"], state["floor"]) == ("open", None, "", None)
    assert stage.marks(of)[-1] == ("resumed", "Tiếp tục")


def test_the_reception_does_not_go_on_without_a_recording(engine: FakeEngine) -> None:
    of = opened(engine)
    actions.suspend(of, "Kỹ thuật", by=cast.chair(), now=NOW)
    for seconds in (3, 5):  # the recorders fall silent, and the watch notices
        look(of, NOW + seconds * SECOND)
    with pytest.raises(Refused) as caught:
        actions.resume(fresh(of), by=cast.chair(), now=LATER)
    assert (caught.value.code, caught.value.sentence) == (
        "gate",
        "Chưa thể tiếp tục: không có máy ghi nào đang ghi (khoản 1 Điều 24 NĐ 154/2026/NĐ-CP). "
        "Gọi kỹ thuật để chạy lại máy ghi.",
    )
    assert fresh(of).state == "paused"


def test_the_end_closes_connections_turns_and_takes(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    actions.give_floor(place(of), by=cast.chair(), now=NOW)
    identities = list(inside(engine, of))
    actions.close(fresh(of), by=cast.chair(), now=LATER)
    assert (fresh(of).state, fresh(of).closed_at) == ("closed", LATER)
    assert inside(engine, of) == {}
    assert {connection(identity).end_code for identity in identities} == {"closed"}
    assert not Stay.objects.filter(to_at__isnull=True).exists()
    assert Turn.objects.get().end_code == "closed"
    assert Job.objects.get().ended_at == LATER
    assert {(take.state, take.ended_at) for take in of.takes.all()} == {("saving", LATER)}
    assert stage.marks(of)[-1] == ("closed", "Kết thúc buổi tiếp")
    assert Room.objects.get().due_at == LATER
    with pytest.raises(Refused, match="Buổi tiếp đã kết thúc"):
        ask(place(of), now=LATER)


def test_the_end_out_of_a_pause_leaves_no_pause_behind(engine: FakeEngine) -> None:
    of = opened(engine)
    actions.suspend(of, "Nghỉ", by=cast.chair(), now=NOW)
    actions.close(fresh(of), by=cast.chair(), now=LATER)
    assert (fresh(of).paused_at, fresh(of).pause_reason) == (None, "")


def test_the_reception_ends_also_while_the_engine_is_away(engine: FakeEngine) -> None:
    of = opened(engine)
    engine.down = True
    actions.close(of, by=cast.chair(), now=LATER)
    assert fresh(of).state == "closed"
    assert not Connection.objects.filter(ended_at__isnull=True).exists()


@pytest.mark.parametrize("state", ["ready", "open", "paused", "closed", "sealed"])
@pytest.mark.parametrize("step", list(STEPS))
def test_a_step_out_of_turn_is_refused_with_the_state_in_words(engine: FakeEngine, state: str, step: str) -> None:
    of = ready(engine)
    Reception.objects.update(state=state)
    of.refresh_from_db()
    if (state, step) in ALLOWED:
        STEPS[step](of)
        assert fresh(of).state != state
        return
    with pytest.raises(Refused) as caught:
        STEPS[step](of)
    assert caught.value.code == "state"
    assert f"«{of.get_state_display()}»" in caught.value.sentence
    assert (fresh(of).state, stage.marks(of)) == (state, [])


def test_of_two_windows_of_the_chair_one_opens(engine: FakeEngine) -> None:
    of = ready(engine)
    other = fresh(of)
    actions.open_reception(of, by=cast.chair(), now=NOW)
    with pytest.raises(Refused) as caught:
        actions.open_reception(other, by=cast.chair(), now=NOW)
    assert caught.value.code == "faster"
    assert stage.marks(of) == [("opened", "Khai mạc")]
