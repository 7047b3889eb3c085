"""The working-day table as the commands read it: also where there is none yet, saying so."""

from __future__ import annotations

from django.core.management.base import OutputWrapper
from django.db import DatabaseError

from tiepdan.law.workdays import Calendar
from tiepdan.policy.queries import calendar

EMPTY = "Bảng ngày làm việc chưa có dòng nào: tính theo tuần làm việc thường (thứ Hai đến thứ Sáu), tạm tính."
NO_TABLE = "Cơ sở dữ liệu chưa được tạo (chạy migrate): tính theo tuần làm việc thường (thứ Hai đến thứ Sáu), tạm tính."


def table(say: OutputWrapper) -> Calendar:
    try:
        found = calendar()
    except DatabaseError:
        say.write(NO_TABLE)
        return Calendar()
    if not found.off and not found.worked:
        say.write(EMPTY)
    return found
