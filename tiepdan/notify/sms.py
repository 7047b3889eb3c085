"""The gateway of short messages: a small protocol over HTTP (docs/notices.md), the only module that speaks it."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote

from django.conf import settings

from tiepdan.notify.edge import Accepted, Never, NotNow
from tiepdan.notify.rules import one_line

LARGEST_ANSWER = 64 * 1024


def is_configured() -> bool:
    return bool(settings.SMS_URL)


def send(to: str, text: str, message_id: str) -> Accepted:
    """Hand a message to the gateway, which sends one id only once however often it is asked.

    Raises: NotNow, Never.
    """
    body = json.dumps({"to": to, "text": text, "id": message_id}, ensure_ascii=False).encode()
    return _accepted(_ask(settings.SMS_URL, body), message_id)


def state(message_id: str) -> str:
    """What became of it: "sent", "delivered" or "failed". Raises: NotNow, Never (the gateway does not know it)."""
    return str(_ask(f"{settings.SMS_URL.rstrip('/')}/{quote(message_id, safe='')}").get("state", "sent"))


def _accepted(answer: dict[str, Any], message_id: str) -> Accepted:
    if answer.get("state") == "failed":
        raise Never(one_line(str(answer.get("problem") or "cổng tin nhắn không gửi được"))[:300])
    if answer.get("state") not in ("sent", "delivered"):  # «200» around the words of a failure
        raise NotNow("cổng tin nhắn trả lời khác quy ước")
    return Accepted(str(answer.get("id") or message_id)[:200], answer.get("state") == "delivered")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The token goes to the configured address and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _ask(address: str, body: bytes | None = None) -> dict[str, Any]:
    request = urllib.request.Request(address, data=body, method="POST" if body is not None else "GET")
    request.add_header("Content-Type", "application/json; charset=utf-8")
    request.add_header("Accept", "application/json")
    if settings.SMS_TOKEN:
        request.add_header("Authorization", f"Bearer {settings.SMS_TOKEN}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)
    try:
        with opener.open(request, timeout=settings.SMS_TIMEOUT) as response:
            answer = json.loads(response.read(LARGEST_ANSWER))
    except urllib.error.HTTPError as problem:
        _refused(problem)
    except (OSError, http.client.HTTPException):
        raise NotNow("không kết nối được cổng tin nhắn", is_line=True) from None
    except ValueError:
        raise NotNow("cổng tin nhắn trả lời khác quy ước") from None
    else:
        if isinstance(answer, dict):
            return answer
    raise NotNow("cổng tin nhắn trả lời khác quy ước") from None


def _refused(problem: urllib.error.HTTPError) -> None:
    try:
        words = json.loads(problem.read(LARGEST_ANSWER)).get("problem", "")
    except (ValueError, AttributeError, OSError, http.client.HTTPException):
        words = ""
    said = one_line(str(words))[:200]
    if problem.code in (401, 403):
        raise NotNow(f"cổng tin nhắn không nhận mã truy cập ({problem.code})", is_line=True) from None
    if problem.code in (400, 404, 410, 422):
        raise Never(said or f"cổng tin nhắn không nhận ({problem.code})") from None
    raise NotNow(f"cổng tin nhắn tạm từ chối ({problem.code})", is_line=problem.code >= 500) from None
