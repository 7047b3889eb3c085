"""A mail server of its own for each test that asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notify.servers import Gateway, Post, gateway, post


def configure(settings: Any, port: int) -> None:
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", port
    settings.SMTP_SECURITY, settings.SMTP_USER, settings.SMTP_PASSWORD = "none", "", ""
    settings.SMTP_FROM = "tiepcongdan@minhchau.test"
    settings.SMTP_TIMEOUT = settings.SMTP_PATIENCE = 5
    settings.PUBLIC_URL = "https://tiepdan.minhchau.test"


@pytest.fixture
def office(settings: Any) -> Iterator[Post]:
    with post() as server:
        configure(settings, server.port)
        yield server


@pytest.fixture
def texts(settings: Any) -> Iterator[Gateway]:
    with gateway() as server:
        settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_TIMEOUT = server.url, server.token, 5
        yield server
