"""State of a reception as shape, word and colour together: never colour alone."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tiepdan.receptions.rules import PHASE_LABELS, Phase

register = template.Library()

SHAPES = {
    Phase.READY: ("✓", "state-good"),
    Phase.OPEN: ("◆", "state-live"),
    Phase.PAUSED: ("▲", "state-care"),
    Phase.CLOSED: ("○", "state-none"),
    Phase.SEALED: ("✓", "state-good"),
}


@register.simple_tag
def phase(state: str) -> SafeString:
    shape, css = SHAPES[Phase(state)]
    return format_html(
        '<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', css, shape, PHASE_LABELS[state]
    )
