"""The working-day table as the commands read it: also where there is none yet, saying so."""

from __future__ import annotations

from django.core.management.base import OutputWrapper
from django.db import DatabaseError

from tiepdan.law.workdays import Calendar
from tiepdan.policy.queries import calendar
from tiepdan.policy.suggested import calendar_of_suggestions

GUESS = "tính theo lịch gợi ý của hệ thống, tạm tính."
EMPTY = f"Bảng ngày làm việc chưa có dòng nào: {GUESS}"
NO_TABLE = f"Cơ sở dữ liệu chưa được tạo (chạy migrate): {GUESS}"


def table(say: OutputWrapper) -> Calendar:
    """The table that the pages read; where there is none, the days with which it would be filled."""
    try:
        found = calendar()
    except DatabaseError:
        say.write(NO_TABLE)
        return calendar_of_suggestions()
    if not found.off and not found.worked:
        say.write(EMPTY)
        return calendar_of_suggestions()
    return found
