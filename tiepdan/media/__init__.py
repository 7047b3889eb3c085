"""The engine that carries sound and picture. `engine()` gives the configured one; nobody else chooses."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.conf import settings

from .port import MediaEngine

_engine: MediaEngine | None = None
_lock = Lock()


def engine() -> MediaEngine:
    """The engine of this process, made at the first call from the settings."""
    global _engine
    if _engine is None:
        with _lock:
            if _engine is None:
                _engine = _configured()
    return _engine


@contextmanager
def use_engine(other: MediaEngine) -> Iterator[MediaEngine]:
    """Let `engine()` answer `other` inside the block, in every thread of this process. For tests."""
    global _engine
    before, _engine = _engine, other
    try:
        yield other
    finally:
        _engine = before


def _configured() -> MediaEngine:
    # Imported here: a machine that runs without LiveKit needs no LiveKit package, and no process pays
    # for an engine that it never calls.
    if settings.MEDIA_ENGINE == "fake":
        from .fake import FakeEngine

        return FakeEngine()
    if settings.MEDIA_ENGINE == "livekit":
        from .livekit import LiveKitEngine

        return LiveKitEngine(
            settings.LIVEKIT_URL, settings.LIVEKIT_KEY, settings.LIVEKIT_SECRET, settings.LIVEKIT_PUBLIC_URL
        )
    raise ValueError(f"MEDIA_ENGINE: {settings.MEDIA_ENGINE!r} is neither livekit nor fake")
