"""Where a matter arose: the commune itself, not its office."""

from __future__ import annotations

from django import template

from tiepdan.accounts.models import Agency

register = template.Library()
OFFICES = ("Ủy ban nhân dân ", "UBND ")


@register.filter
def locality(agency: Agency | None) -> str:
    """«xã Thanh Lộc» of «Ủy ban nhân dân xã Thanh Lộc»."""
    name = agency.name if agency else ""
    return next((name.removeprefix(office) for office in OFFICES if name.startswith(office)), name)
