"""Every named address of the house, as the resolver knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse


def named() -> dict[str, URLPattern]:
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], room: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            yield room + pattern.name, pattern
        else:
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else room)


PATTERNS = named()


def place(name: str, values: dict[str, Any], query: str = "") -> str:
    """The address of `name`; of `values` only what stands in it is taken."""
    return reverse(name, kwargs={key: values[key] for key in groups(name)}) + query


def groups(name: str) -> list[str]:
    """What stands in the address, in its order."""
    return list(PATTERNS[name].pattern.regex.groupindex)
