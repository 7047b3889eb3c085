"""Dates and times in words, as they stand on every page and in every refusal."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_text(day: date) -> str:
    """«thứ Năm 10/12/2026»"""
    local = localtime(day) if isinstance(day, datetime) else day
    return f"{_WEEKDAYS[local.weekday()]} {local:%d/%m/%Y}"


def clock_text(at: datetime) -> str:
    """«08:30»"""
    return f"{localtime(at):%H:%M}"


def moment_text(at: datetime) -> str:
    """«08:30, thứ Năm 17/12/2026»"""
    return f"{clock_text(at)}, {day_text(at)}"
