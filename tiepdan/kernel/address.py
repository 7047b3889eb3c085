"""The address that a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Behind our own proxies the address that the outermost of them saw; else that of the socket.

    What stands further left in X-Forwarded-For was written by the client and is not believed.
    """
    seen: str = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        header: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
        chain = [part.strip() for part in header.split(",") if part.strip()]
        if chain:
            seen = chain[-min(settings.PROXIES, len(chain))]
    return seen[:64] or "unknown"
