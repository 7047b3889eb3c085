"""Ways to a recording are shown to those who may play it."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from tiepdan.accounts.access import person_of
from tiepdan.receptions.models import Reception
from tiepdan.recordings.access import may_play

register = template.Library()


@register.simple_tag(takes_context=True)
def plays(context: template.Context, reception: Reception) -> bool:
    request: HttpRequest = context["request"]
    person = person_of(request)
    return person is not None and may_play(person, reception, context["now"])
