"""Every write of the office's own rules."""

from tiepdan.policy.actions.numbers import next_number, take_number
from tiepdan.policy.actions.values import remove_value, set_value
from tiepdan.policy.actions.workdays import (
    confirm_year,
    day_closed,
    import_days,
    remove_day,
    seed_year,
    set_day,
    unconfirm_year,
)

__all__ = [
    "confirm_year",
    "day_closed",
    "import_days",
    "next_number",
    "remove_day",
    "remove_value",
    "seed_year",
    "set_day",
    "set_value",
    "take_number",
    "unconfirm_year",
]
