"""Whether the web server is there to hear the recorders' beats: without it their silence means nothing."""

from __future__ import annotations

import urllib.request

from django.conf import settings

SECONDS = 1.0
# Our own address: a proxy of the environment has no business there.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def web_answers() -> bool:
    try:
        with _direct.open(f"{settings.WEB_URL}/healthz", timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
