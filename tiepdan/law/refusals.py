"""Until when a refusal must be announced in writing. Pure."""

from __future__ import annotations

from datetime import date

from tiepdan.law.profiles import Profile, ProfileError
from tiepdan.law.workdays import Calendar


def due(profile: Profile, code: str, grounds_on: date, calendar: Calendar) -> date | None:
    """Last day for the notice 01/TCD; None when the ground is explained on the spot.

    The day on which the grounds are complete is not counted. Raises ProfileError for a code that is not in the list.
    """
    ground = profile.refusal(code)
    if ground is None:
        raise ProfileError(f"{profile.code} has no refusal {code!r}")
    return calendar.shift(grounds_on, ground.days) if ground.is_written else None
