"""The state of equipment as shape, word and colour together: never colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tiepdan.points.models import EquipmentCheck, Point, Retirement
from tiepdan.points.queries import Equipment
from tiepdan.points.rules import CONDITION_LABELS, SHAPES

register = template.Library()
_STATE = '<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>'


@register.simple_tag
def condition(code: str) -> SafeString:
    shape, colour = SHAPES[code]
    return format_html(_STATE, colour, shape, CONDITION_LABELS[code])


@register.simple_tag
def equipment_state(equipment: Equipment) -> SafeString:
    return format_html(_STATE, equipment.colour, equipment.shape, equipment.words)


@register.simple_tag
def equipment_at(found: Mapping[int, Equipment], point: Point) -> SafeString:
    """«■ Hỏng: âm thanh» of one of several halls."""
    return equipment_state(found[point.pk])


@register.simple_tag
def part_state(last: EquipmentCheck | None) -> SafeString:
    """What was found of one part, with the day and who found it."""
    if last is None:
        return format_html(_STATE, "none", "○", "Chưa kiểm tra")
    shape, colour = SHAPES[last.condition]
    words = f"{CONDITION_LABELS[last.condition]}: {last.note}" if last.note else CONDITION_LABELS[last.condition]
    told = f"{last.checked_on:%d/%m/%Y}, {last.made_by.full_name}"
    return format_html('{}<br><span class="fact-name">{}</span>', format_html(_STATE, colour, shape, words), told)


@register.simple_tag
def use_state(lasting: Retirement | None, today: date, out: Retirement | None = None) -> SafeString:
    """«✓ Đang sử dụng», «▲ Ngừng từ 01/12/2026» to come, «○ Ngừng sử dụng từ 01/07/2026»."""
    row = out or lasting
    if row is None:
        return format_html(_STATE, "good", "✓", "Đang sử dụng")
    if row.first_day > today:
        return format_html(_STATE, "care", "▲", f"Sẽ ngừng từ {row.first_day:%d/%m/%Y}")
    until = f" đến hết {row.back_on - timedelta(days=1):%d/%m/%Y}" if row.back_on else ""
    return format_html(_STATE, "none", "○", f"Ngừng từ {row.first_day:%d/%m/%Y}{until}")
