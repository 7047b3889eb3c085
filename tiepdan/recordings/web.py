"""Whether the web server is there to hear the recorders' beats: without it their silence means nothing."""

from __future__ import annotations

import urllib.request

from django.conf import settings

SECONDS = 1.0


def web_answers() -> bool:
    try:
        with urllib.request.urlopen(f"{settings.WEB_URL}/healthz", timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
