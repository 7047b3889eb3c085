"""The floor, locked microphones, and order in the room: rows, rights in the engine, marks and log together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.live.people import LISTENS, SPEAKS, connection, enter, enter_station, inside, opened, place, room_name, shown
from tests.reception_cast import CENTRE, COMMUNE, NOW, OFFICE, WARD
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.live import actions
from tiepdan.live.models import Hall, Turn
from tiepdan.live.queries import open_turn
from tiepdan.media.fake import FakeEngine, NoRight
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def give(of: Reception, slug: str = COMMUNE, seconds: int = 1) -> None:
    actions.give_floor(place(of, slug), by=cast.chair(), now=NOW + seconds * SECOND)


def rights(engine: FakeEngine, of: Reception) -> dict[str, bool]:
    """Which halls may send sound, by the engine's own list."""
    names = {hall.key: hall.point.slug for hall in of.halls.select_related("point")}
    return {names[identity.split(".")[0]]: right.microphone for identity, right in inside(engine, of).items()}


def test_the_floor_lets_one_hall_speak_and_no_other(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE, WARD)
    assert rights(engine, of) == {CENTRE: True, COMMUNE: False, WARD: False}
    give(of)
    assert rights(engine, of) == {CENTRE: True, COMMUNE: True, WARD: False}
    assert shown(engine, of)["floor"] == {"hall": place(of).key, "since": "2026-12-17T01:30:01.000Z"}
    assert ("floor", "Xã Thanh Lộc phát biểu") in stage.marks(of)
    assert stage.events(of)[-1] == "floor.given"


def test_the_floor_passes_and_the_first_microphone_is_cut_off(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE, WARD)
    give(of, COMMUNE, 1)
    speaker = next(identity for identity in inside(engine, of) if identity.startswith(f"{place(of).key}."))
    engine.publish(room_name(of), speaker, "microphone")
    give(of, WARD, 5)
    assert rights(engine, of) == {CENTRE: True, COMMUNE: False, WARD: True}
    assert not any(seen.microphone for seen in engine.present(room_name(of)) if seen.identity == speaker)
    with pytest.raises(NoRight):
        engine.publish(room_name(of), speaker, "microphone")
    turns = list(Turn.objects.values_list("place__point__slug", "end_code", "ended_at"))
    assert turns == [(COMMUNE, "passed", NOW + 5 * SECOND), (WARD, "", None)]
    assert stage.marks(of)[-2:] == [
        ("floor_end", "Xã Thanh Lộc thôi phát biểu"),
        ("floor", "Phường Hòa Bình phát biểu"),
    ]


def test_the_floor_is_taken_back(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    give(of)
    actions.withdraw(of, by=cast.chair(), now=NOW + 9 * SECOND)
    assert rights(engine, of) == {CENTRE: True, COMMUNE: False}
    assert (Turn.objects.get().end_code, shown(engine, of)["floor"]) == ("withdrawn", None)
    with pytest.raises(Refused, match="Hiện không có điểm cầu nào đang phát biểu"):
        actions.withdraw(of, by=cast.chair(), now=NOW + 10 * SECOND)
    assert stage.events(of).count("floor.withdrawn") == 1


def test_who_gets_no_floor_and_why(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE, WARD)
    actions.lock(place(of, COMMUNE), True, by=cast.chair(), now=NOW)
    actions.eject(place(of, WARD), "Gây rối", by=cast.chair(), now=NOW)
    for slug, code, sentence in (
        (COMMUNE, "locked", "Micro của điểm cầu Xã Thanh Lộc đang bị khóa. Bấm «Mở khóa micro» trước."),
        (WARD, "removed", "Điểm cầu Phường Hòa Bình đã được mời ra khỏi phòng. Bấm «Cho vào lại» trước."),
        (OFFICE, "absent", "Điểm cầu Sở Nông nghiệp và Môi trường chưa kết nối nên chưa thể phát biểu."),
    ):
        with pytest.raises(Refused) as caught:
            give(of, slug)
        assert (caught.value.code, caught.value.sentence) == (code, sentence)
    assert not Turn.objects.exists()
    assert "floor.given" not in stage.events(of)


@pytest.mark.parametrize("state", ["ready", "paused", "closed", "sealed"])
def test_the_floor_is_given_only_while_the_reception_is_open(engine: FakeEngine, state: str) -> None:
    of = opened(engine, COMMUNE)
    Reception.objects.update(state=state)
    with pytest.raises(Refused) as caught:
        give(of)
    assert caught.value.code == "state"
    assert rights(engine, of)[COMMUNE] is False


def test_while_the_engine_is_away_the_floor_is_given_in_the_rows(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    engine.down = True
    give(of)
    engine.down = False
    assert rights(engine, of)[COMMUNE] is False, "the watch repairs it: see test_watch"
    turn = open_turn(of)
    assert turn is not None and turn.place == place(of)


def test_a_locked_microphone_is_silent_also_with_the_floor(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    give(of)
    actions.lock(place(of), True, by=cast.chair(), now=NOW + 2 * SECOND)
    assert rights(engine, of)[COMMUNE] is False
    assert shown(engine, of)["floor"]["hall"] == place(of).key
    assert [hall["locked"] for hall in shown(engine, of)["halls"]] == [False, True, False, False]
    actions.lock(place(of), False, by=cast.chair(), now=NOW + 3 * SECOND)
    assert rights(engine, of)[COMMUNE] is True
    assert stage.events(of)[-2:] == ["microphone.locked", "microphone.unlocked"]
    assert stage.marks(of)[-2:] == [("locked", "Khóa micro Xã Thanh Lộc"), ("locked", "Mở khóa micro Xã Thanh Lộc")]


def test_the_central_microphone_can_be_locked_too(engine: FakeEngine) -> None:
    of = opened(engine)
    actions.lock(place(of, CENTRE), True, by=cast.chair(), now=NOW)
    assert rights(engine, of) == {CENTRE: False}


@pytest.mark.parametrize(("before", "locked", "done"), [(False, False, "mở khóa"), (True, True, "khóa")])
def test_locking_twice_tells_that_somebody_was_faster(
    engine: FakeEngine, before: bool, locked: bool, done: str
) -> None:
    of = opened(engine, COMMUNE)
    Hall.objects.filter(place=place(of)).update(is_locked=before)
    with pytest.raises(Refused) as caught:
        actions.lock(place(of), locked, by=cast.chair(), now=NOW)
    assert caught.value.sentence == f"Micro của điểm cầu Xã Thanh Lộc đã {done} từ trước. Tải lại trang để xem bản mới."


def test_sending_a_hall_out_ends_its_turn_and_its_connection(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    identity = next(name for name in inside(engine, of) if name.startswith(f"{place(of).key}."))
    give(of)
    actions.eject(place(of), "  Gây mất trật tự ", by=cast.chair(), now=NOW + 4 * SECOND)
    assert identity not in inside(engine, of)
    assert (connection(identity).end_code, Turn.objects.get().end_code) == ("removed", "removed")
    assert [hall["removed"] for hall in shown(engine, of)["halls"]] == [False, True, False, False]
    assert Hall.objects.get(place=place(of)).removed_reason == "Gây mất trật tự"
    assert stage.events(of)[-1] == "point.removed"
    with pytest.raises(Refused, match="đã được mời ra trước đó"):
        actions.eject(place(of), "Lần nữa", by=cast.chair(), now=NOW + 5 * SECOND)


def test_nobody_is_sent_out_without_a_reason_and_the_centre_never(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    with pytest.raises(Invalid, match="Chưa nhập lý do mời ra khỏi phòng"):
        actions.eject(place(of), " \n", by=cast.chair(), now=NOW)
    with pytest.raises(Refused, match="Không mời điểm cầu trung tâm ra khỏi phòng"):
        actions.eject(place(of, CENTRE), "Nhầm", by=cast.chair(), now=NOW)
    assert set(rights(engine, of)) == {CENTRE, COMMUNE}


def test_a_hall_is_let_in_again(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    with pytest.raises(Refused, match="không bị mời ra khỏi phòng"):
        actions.readmit(place(of), by=cast.chair(), now=NOW)
    actions.eject(place(of), "Gây rối", by=cast.chair(), now=NOW)
    actions.readmit(place(of), by=cast.chair(), now=NOW)
    assert not any(hall["removed"] for hall in shown(engine, of)["halls"])
    identity = enter(engine, place(of), now=NOW)
    assert inside(engine, of)[identity] == LISTENS
    assert "point.readmitted" in stage.events(of)


def test_who_comes_back_while_holding_the_floor_may_speak_at_once(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    give(of)
    identity = enter(engine, place(of), now=NOW + 20 * SECOND)
    assert inside(engine, of)[identity] == SPEAKS


def test_every_change_is_shown_under_a_greater_version(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    enter_station(engine, of)
    versions = [shown(engine, of)["v"]]
    for act in (
        lambda: give(of),
        lambda: actions.lock(place(of), True, by=cast.chair(), now=NOW),
        lambda: actions.withdraw(of, by=cast.chair(), now=NOW),
    ):
        act()
        versions.append(shown(engine, of)["v"])
    assert versions == sorted(set(versions))
