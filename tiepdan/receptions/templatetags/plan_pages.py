"""The tabs of a plan's pages."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.urls import reverse

from tiepdan.receptions import pages
from tiepdan.receptions.models import Reception

register = template.Library()


@register.inclusion_tag("receptions/tabs.html", takes_context=True)
def plan_tabs(context: template.Context, reception: Reception) -> dict[str, object]:
    """All tabs; the one whose page this is carries `aria-current`. A page of a tab may set `tab` to its url name."""
    request: HttpRequest = context["request"]
    here = context.get("tab") or (request.resolver_match.view_name if request.resolver_match else "")
    rows = [(tab.label, reverse(tab.url_name, args=[reception.code]), tab.url_name == here) for tab in pages.tabs()]
    return {"tabs": rows}
