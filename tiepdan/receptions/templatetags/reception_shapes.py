"""State of a reception as shape, word and colour together: never colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tiepdan.kernel.dates import clock_text, day_text
from tiepdan.kernel.text import masked_name
from tiepdan.receptions.models import Reception, Seat
from tiepdan.receptions.rules import PHASE_LABELS, STEP_LABELS, Phase, SeatRole

register = template.Library()

SHAPES = {
    Phase.DRAFT: ("○", "state-none"),
    Phase.SUBMITTED: ("◆", "state-live"),
    Phase.APPROVED: ("✓", "state-good"),
    Phase.PUBLISHED: ("✓", "state-good"),
    Phase.READY: ("✓", "state-good"),
    Phase.OPEN: ("◆", "state-live"),
    Phase.PAUSED: ("▲", "state-care"),
    Phase.CLOSED: ("○", "state-none"),
    Phase.SEALED: ("✓", "state-good"),
    Phase.POSTPONED: ("▲", "state-care"),
    Phase.CANCELLED: ("○", "state-none"),
}


@register.simple_tag
def phase(state: str) -> SafeString:
    shape, css = SHAPES[Phase(state)]
    return format_html(
        '<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', css, shape, PHASE_LABELS[state]
    )


@register.simple_tag
def seat_name(seat: Seat, knows_citizens: bool) -> str:
    """«Nguyễn Văn An», or «N.V.A.» of a citizen's side for who has no need to know (khoản 2 Điều 12 NĐ 154/2026)."""
    return seat.full_name if knows_citizens or not seat.is_of_citizens else masked_name(seat.full_name)


@register.simple_tag
def seat_case(seat: Seat, codes: Mapping[int, str], knows_citizens: bool) -> str:
    """«VV-2026-0004» of a citizen; «cùng Nguyễn Văn An, VV-2026-0004» of who comes along."""
    if seat.petitioner is None:
        return ""
    code = codes.get(seat.petitioner.case_id, "")
    if seat.role in (SeatRole.CITIZEN, SeatRole.PROXY):
        return code
    name = seat.petitioner.full_name
    return f"cùng {name if knows_citizens else masked_name(name)}, {code}"


@register.simple_tag
def step_label(step: str) -> str:
    """«Trình duyệt»"""
    return STEP_LABELS[step]


@register.simple_tag
def when(reception: Reception) -> str:
    """«thứ Năm 17/12/2026, 08:30–11:00»"""
    return f"{day_text(reception.starts_at)}, {clock_text(reception.starts_at)}–{clock_text(reception.ends_at)}"
