"""Which engine a process uses, and what only the one in memory can do."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from tiepdan import media
from tiepdan.media.fake import FakeEngine, NoRight
from tiepdan.media.livekit import LiveKitEngine
from tiepdan.media.port import MediaGone, Rights

TTL = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def no_engine_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "_engine", None)


def test_one_engine_for_the_process_by_the_settings(settings: Settings) -> None:
    settings.MEDIA_ENGINE = "livekit"
    settings.LIVEKIT_URL = "ws://127.0.0.1:7880"
    settings.LIVEKIT_PUBLIC_URL = "wss://phong.example.vn"
    engine = media.engine()
    assert isinstance(engine, LiveKitEngine)
    assert (engine.url, engine.public_url) == ("ws://127.0.0.1:7880", "wss://phong.example.vn")
    assert media.engine() is engine


def test_the_engine_in_memory_by_the_settings(settings: Settings) -> None:
    settings.MEDIA_ENGINE = "fake"
    assert isinstance(media.engine(), FakeEngine)


def test_an_unknown_engine(settings: Settings) -> None:
    settings.MEDIA_ENGINE = "zoom"
    with pytest.raises(ValueError, match="zoom"):
        media.engine()


def test_another_engine_for_the_length_of_a_block(settings: Settings) -> None:
    settings.MEDIA_ENGINE = "fake"
    usual = media.engine()
    with pytest.raises(KeyError), media.use_engine(FakeEngine()) as other:
        assert media.engine() is other
        raise KeyError
    assert media.engine() is usual


def test_in_memory_publishing_without_right_is_refused() -> None:
    engine = FakeEngine()
    engine.join(engine.ticket("room", "p7.1", "x", Rights(camera=True), TTL))
    with pytest.raises(NoRight):
        engine.publish("room", "p7.1", "microphone")
    with pytest.raises(MediaGone):
        engine.publish("room", "p9.1", "camera")
