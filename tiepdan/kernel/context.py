"""What every template may show about this installation."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {"help_phone": settings.HELP_PHONE}
