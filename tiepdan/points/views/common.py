"""What the pages of halls share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, name: str, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = render(request, f"points/{name}.html", facts, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
