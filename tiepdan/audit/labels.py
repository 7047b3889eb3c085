"""What an event is called on screen. Each app registers its own words in AppConfig.ready."""

from __future__ import annotations

from collections.abc import Mapping

_labels: dict[str, str] = {}


def register(labels: Mapping[str, str]) -> None:
    """`{"reception.opened": "Khai mạc buổi tiếp", …}`; the same event may not get two labels."""
    for event, label in labels.items():
        if _labels.setdefault(event, label) != label:
            raise ValueError(f"event {event} already has the label «{_labels[event]}»")


def label(event: str) -> str:
    return _labels.get(event, event)


def labels() -> dict[str, str]:
    return dict(sorted(_labels.items(), key=lambda item: item[1]))
