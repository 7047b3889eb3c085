"""The beat: who gets which take, what is lost and what is not, and how a take is proved and sealed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests import reception_cast as stage
from tests.reception_cast import NOW, beat, recorder, take_body, wanted
from tiepdan.audit.models import Entry
from tiepdan.receptions.models import Reception
from tiepdan.recordings import actions
from tiepdan.recordings.models import Job, Recorder, Take

pytestmark = pytest.mark.django_db
HEAD = "a" * 64


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def started(of: Reception, number: int = 1, **fields: object) -> Take:
    """The recorder's take, being recorded since NOW."""
    wanted(of)
    [take] = beat(recorder(number), NOW)
    beat(recorder(number), NOW, take_body(take.id, **fields))
    return Take.objects.get(pk=take.pk)


def states(of: Reception) -> dict[str, str]:
    return dict(of.takes.order_by("requested_at", "id").values_list("recorder__name", "state"))


def ledger(lines: int, head: str) -> dict[str, object]:
    return {"lines": lines, "head": head}


def test_two_recorders_get_a_take_each_and_the_third_gets_none() -> None:
    of = stage.reception()
    wanted(of)
    assert [len(beat(recorder(number), at(number))) for number in (1, 2, 3)] == [1, 1, 0]
    assert states(of) == {"may-ghi-1": "requested", "may-ghi-2": "requested"}
    again = beat(recorder(1), at(4))
    assert [take.id for take in again] == ["20261217T013001.000Z-may-ghi-1"]
    assert again[0].folder == "BT-2026-012/20261217T013001.000Z-may-ghi-1"


def test_nobody_records_what_nobody_asked_for() -> None:
    stage.reception()
    assert beat(recorder(), NOW) == []


def test_a_recorder_that_was_switched_off_gets_nothing_new() -> None:
    wanted(stage.reception())
    Recorder.objects.filter(pk=recorder().pk).update(is_active=False)
    assert beat(recorder(), NOW) == []


def test_one_recorder_may_record_two_receptions_from_the_same_beat_on() -> None:
    first, second = stage.reception(), stage.reception("BT-2026-013", prefix="khac-")
    wanted(first)
    wanted(second)
    takes = beat(recorder(), NOW)
    assert sorted(take.reception.code for take in takes) == [first.code, second.code]
    assert len({take.id for take in takes}) == 2


def test_recording_begins_with_the_first_frame() -> None:
    of = stage.reception()
    take = started(of, started_at=stage.iso(at(-2)))
    assert (take.state, take.started_at) == ("recording", at(-2))
    beat(recorder(), at(1), take_body(take.id))
    assert stage.events(of).count("recording.started") == 1


def test_joining_is_not_recording() -> None:
    of = stage.reception()
    take = started(of, state="joining")
    assert (take.state, take.phase) == ("requested", "joining")


def test_a_restarted_recorder_loses_its_take_and_gets_a_new_one() -> None:
    of = stage.reception()
    track = stage.track(stage.hall(of), "camera", at(-1))
    old = started(of, tracks=[track])
    answer = {take.id: take.state for take in beat(recorder(), at(5), boot="lan-chay-2")}
    assert answer == {old.id: "saving", "20261217T013005.000Z-may-ghi-1": "requested"}
    old.refresh_from_db()
    assert (old.ended_at, old.is_incomplete, old.error) == (at(-1), True, "Máy ghi đã khởi động lại")
    assert stage.marks(of) == [("gap", "Máy ghi 1: máy ghi đã khởi động lại")]
    assert of.marks.get().at == at(-1)
    assert stage.events(of)[-1] == "recording.lost"
    beat(recorder(), at(6), take_body(old.id, "closing"), boot="lan-chay-2")
    beat(recorder(), at(7), take_body(old.id, "closed"), boot="lan-chay-2")
    assert [take.state for take in of.takes.order_by("requested_at")] == ["archived", "requested"]
    assert stage.events(of).count("recording.lost") == 1


def test_two_receptions_survive_the_restart_of_their_recorder() -> None:
    both = (stage.reception(), stage.reception("BT-2026-013", prefix="khac-"))
    for of in both:
        wanted(of)
    takes = beat(recorder(), NOW)
    beat(recorder(), NOW, *(take_body(take.id) for take in takes))
    answer = beat(recorder(), at(3), boot="lan-chay-2")
    assert sorted(take.state for take in answer) == ["requested", "requested", "saving", "saving"]


def test_an_outage_of_the_web_server_loses_no_take() -> None:
    of = stage.reception()
    take = started(of)
    answer = beat(recorder(), at(300), take_body(take.id))
    assert [(one.id, one.state) for one in answer] == [(take.id, "recording")]
    assert stage.marks(of) == []


def test_a_recorder_that_was_given_up_and_went_on_keeps_its_take() -> None:
    of = stage.reception()
    take = started(of)
    for seconds in (3, 8):
        actions.watch(of, now=at(seconds))
    assert states(of) == {"may-ghi-1": "saving"}
    answer = beat(recorder(), at(20), take_body(take.id))
    assert [(one.id, one.state, one.ended_at, one.error) for one in answer] == [(take.id, "recording", None, "")]
    assert stage.events(of)[-2:] == ["recording.lost", "recording.went_on"]


@pytest.mark.parametrize(
    ("said", "boot"), [("closing", "lan-chay-1"), ("joining", "lan-chay-1"), ("recording", "lan-chay-2")]
)
def test_a_lost_take_that_was_not_recorded_on_is_closed(said: str, boot: str) -> None:
    of = stage.reception()
    take = started(of)
    for seconds in (3, 8):
        actions.watch(of, now=at(seconds))
    beat(recorder(), at(20), take_body(take.id, said), boot=boot)
    assert of.takes.get(pk=take.pk).state == "saving"


def test_the_end_turns_every_order_into_close() -> None:
    of = stage.reception()
    takes = [started(of, 1), started(of, 2)]
    actions.end_recording(of, now=at(60))
    assert Job.objects.get().ended_at == at(60)
    for number, take in enumerate(takes, 1):
        answer = beat(recorder(number), at(61), take_body(take.id))
        assert [(one.id, one.state, one.ended_at) for one in answer] == [(take.id, "saving", at(60))]


def test_a_closed_take_is_archived_with_its_head_in_the_log() -> None:
    of = stage.reception()
    take = started(of)
    actions.end_recording(of, now=at(60))
    answer = beat(recorder(), at(62), take_body(take.id, "closed", ledger=ledger(9, HEAD), files=8, bytes=4096))
    assert answer == []
    take.refresh_from_db()
    assert (take.state, take.archived_at, take.anchored_head) == ("archived", at(62), HEAD)
    sealed = Entry.objects.get(event="recording.sealed")
    assert sealed.facts == {"take": take.id, "lines": 9, "head": HEAD, "files": 8, "bytes": 4096}
    assert (sealed.by_label, sealed.about_id) == ("Máy ghi 1", str(of.pk))


def test_closed_without_the_order_to_close_seals_nothing() -> None:
    of = stage.reception()
    take = started(of)
    beat(recorder(), at(1), take_body(take.id, "closed"))
    assert of.takes.get().state == "recording"


def test_the_head_is_anchored_every_ten_seconds_in_which_it_changed() -> None:
    of = stage.reception()
    take = started(of)
    for seconds, head in ((1, ""), (2, "1"), (3, "1"), (5, "2"), (11.9, "2"), (12, "2"), (60, "2"), (61, "3")):
        beat(recorder(), at(seconds), take_body(take.id, ledger=ledger(1, head)))
    anchored = Entry.objects.filter(event="recording.anchored").order_by("pk")
    assert [(entry.at, entry.facts["head"]) for entry in anchored] == [(at(2), "1"), (at(12), "2"), (at(61), "3")]


@pytest.mark.parametrize(
    ("kind", "logged", "marked"),
    [
        ("gap", True, True),
        ("rejoin", True, True),
        ("error", True, True),
        ("drop", True, False),
        ("width", True, False),
        ("lost", False, False),
        ("something-new", False, False),
    ],
)
def test_notes_of_a_recorder(kind: str, logged: bool, marked: bool) -> None:
    of = stage.reception()
    hall = stage.hall(of)
    take = started(of)
    note = {"at": stage.iso(at(-3)), "kind": kind, "hall": hall.key, "source": "camera", "text": "mất 2 giây"}
    beat(recorder(), at(1), take_body(take.id, notes=[note]))
    entries = Entry.objects.filter(event=f"recording.{kind}")
    assert [(entry.at, entry.facts["hall"], entry.facts["text"]) for entry in entries] == (
        [(at(-3), hall.key, "mất 2 giây")] if logged else []
    )
    assert list(of.marks.values_list("at", "kind", "label", "hall")) == (
        [(at(-3), "gap", "Máy ghi 1: mất 2 giây", hall.pk)] if marked else []
    )
    assert of.takes.get().is_incomplete is marked


def test_a_note_about_no_hall_is_marked_for_the_whole_reception() -> None:
    of = stage.reception()
    take = started(of)
    for hall in ("", "p999999"):
        note = {"at": stage.iso(NOW), "kind": "gap", "hall": hall, "source": "", "text": "đứt"}
        beat(recorder(), at(1), take_body(take.id, notes=[note]))
    assert [mark.hall for mark in of.marks.all()] == [None, None]


def test_an_error_is_logged_once_for_as_long_as_it_lasts() -> None:
    of = stage.reception()
    take = started(of)
    for seconds, error in ((1, "Đĩa đầy"), (2, "Đĩa đầy"), (3, "Đĩa hỏng"), (4, "")):
        beat(recorder(), at(seconds), take_body(take.id, "failed", error=error))
    assert [entry.facts["text"] for entry in Entry.objects.filter(event="recording.error").order_by("pk")] == [
        "Đĩa đầy",
        "Đĩa hỏng",
    ]
    assert of.takes.get().state == "recording", "a recorder tries again by itself"


def test_a_recorder_cannot_speak_for_the_take_of_another() -> None:
    of = stage.reception()
    take = started(of, 1)
    beat(recorder(2), at(1), take_body(take.id, bytes=99, notes=[]), take_body("../../etc", "closed"))
    assert of.takes.get(pk=take.pk).bytes == 0


def test_a_recorder_given_up_for_good_may_still_seal_what_it_kept() -> None:
    of = stage.reception()
    take = started(of)
    actions.end_recording(of, now=at(60))
    actions.watch(of, now=at(60 + 601))
    assert states(of) == {"may-ghi-1": "failed"}
    assert stage.events(of)[-1] == "recording.failed"
    assert beat(recorder(), at(700)) == [], "the same run has said nothing of it"
    [revived] = beat(recorder(), at(701), boot="lan-chay-2")
    assert (revived.id, revived.state) == (take.id, "saving")
    beat(recorder(), at(702), take_body(take.id, "closed"), boot="lan-chay-2")
    assert states(of) == {"may-ghi-1": "archived"}
