"""Halls that citizens asked for and that nobody has answered yet."""

from __future__ import annotations

from django import template

from tiepdan.receptions.models import Reception
from tiepdan.receptions.wishes.queries import waiting_of

register = template.Library()
KEPT = ("may_edit_desk", "locked", "asks_reason", "csrf_token")


@register.inclusion_tag("receptions/wishes.html", takes_context=True)
def hall_wishes(context: template.Context, reception: Reception) -> dict[str, object]:
    shown = {name: context.get(name) for name in KEPT}
    return {**shown, "reception": reception, "wishes": waiting_of(reception)}
