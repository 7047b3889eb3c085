"""`{% load papers %}`: {% paper_state document %} shape, word and colour of a paper's state."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tiepdan.documents.models import Document
from tiepdan.documents.rules import STATE_LABELS, State

register = template.Library()
_LOOKS = {
    State.DRAFT: ("none", "○"),
    State.NUMBERED: ("live", "◆"),
    State.ISSUED: ("good", "✓"),
    State.REPLACED: ("none", "○"),
    State.DROPPED: ("none", "○"),
}


@register.simple_tag
def paper_state(document: Document) -> SafeString:
    look, shape = _LOOKS[State(document.state)]
    return format_html(
        '<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>',
        look,
        shape,
        STATE_LABELS[document.state],
    )
