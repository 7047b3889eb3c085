"""Doors for machines: what they send is signed by them and read by the view as it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_MARK = "is_for_machines"


def for_machines(view: View) -> View:
    """No form and no token of a page: the body is left to the view, also when it says that it is a form."""
    door = csrf_exempt(view)
    setattr(door, _MARK, True)
    return door


def is_for_machines(view: Any) -> bool:
    return getattr(view, _MARK, False)
