"""The state of equipment as shape, word and colour together: never colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tiepdan.points.models import Point
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
