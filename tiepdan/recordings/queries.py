"""What is being recorded right now, and what there is to play."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tiepdan.law.profiles import Profile, profile
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.recordings.models import Take
from tiepdan.recordings.rules import LIVE, UNFINISHED, TakeState, expected_rate, growing_seconds, hours_left


@dataclass(frozen=True)
class Proof:
    """Takes that write right now, and for how many seconds sound and picture of the central hall have been on disk."""

    running: int
    seconds: tuple[float, ...]
    hours: float | None

    def proven(self, seconds: float) -> int:
        """In how many takes the central hall has been growing for at least `seconds`."""
        return sum(1 for value in self.seconds if value >= seconds)

    def missing_seconds(self, seconds: float, takes: int) -> float:
        """How much longer at least until `takes` takes prove it."""
        best = sorted(self.seconds, reverse=True)[:takes]
        best += [0.0] * (takes - len(best))
        return max(0.0, seconds - min(best, default=0.0))


def running_takes(reception: Reception, now: datetime) -> list[Take]:
    """Takes whose recorder is alive and says that it records."""
    takes = reception.takes.filter(state=TakeState.RECORDING).select_related("recorder")
    return [take for take in takes if take.phase == "recording" and take.recorder.is_alive(now)]


def proof(reception: Reception, central: ReceptionPoint | None, now: datetime) -> Proof:
    takes = running_takes(reception, now)
    seconds = tuple(growing_seconds(take.track_facts(), central.key, now) for take in takes) if central else ()
    return Proof(running=len(takes), seconds=seconds, hours=disk_hours(takes, reception.halls.count()))


def disk_hours(takes: Iterable[Take], halls: int) -> float | None:
    """Hours until the first disk that records is full; None when nothing records."""
    hours = [hours_left(take.recorder.disk_free, expected_rate(halls, take.rate)) for take in takes]
    return min((value for value in hours if value is not None), default=None)


def has_unfinished_takes(reception: Reception) -> bool:
    return reception.takes.filter(state__in=UNFINISHED).exists()


def live_takes(reception: Reception) -> list[Take]:
    return list(reception.takes.filter(state__in=LIVE).select_related("recorder"))


def rules_of(reception: Reception) -> Profile:
    return profile(reception.profile)
