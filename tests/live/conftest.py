from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.recordings.web import healthy_web, web_is_there
from tiepdan import media
from tiepdan.media.fake import FakeEngine

__all__ = ["engine", "healthy_web", "web_is_there"]


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    """An engine in memory for this test only."""
    fake = FakeEngine()
    with media.use_engine(fake):
        yield fake
