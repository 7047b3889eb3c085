"""A port in use is named in a sentence, with the setting to change."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from scripts.ports import HOST, Port, complaints


@pytest.fixture(params=[socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["tcp", "udp"])
def taken(request: pytest.FixtureRequest) -> Iterator[Port]:
    """A port that somebody holds."""
    with socket.socket(socket.AF_INET, request.param) as holder:
        holder.bind((HOST, 0))
        if request.param == socket.SOCK_STREAM:
            holder.listen()
        udp = request.param == socket.SOCK_DGRAM
        yield Port("trang web", "TIEPDAN_TEST_PORT", holder.getsockname()[1], udp)


def test_used(taken: Port) -> None:
    (sentence,) = complaints([taken])
    kind = "UDP" if taken.udp else "TCP"
    assert sentence.startswith(f"Cổng {kind} {taken.standard} (cho trang web) đang có chương trình khác dùng.")
    assert "TIEPDAN_TEST_PORT=" in sentence


def test_moved_by_the_setting(taken: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    (sentence,) = complaints([taken])
    proposed = sentence.split("TIEPDAN_TEST_PORT=")[1].split()[0]
    monkeypatch.setenv("TIEPDAN_TEST_PORT", proposed)
    assert complaints([taken]) == []


@pytest.mark.parametrize("value", ["tám nghìn", "0", "65536", "-1", "٨٠٠٠"])
def test_not_a_port(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEPDAN_TEST_PORT", value)
    (sentence,) = complaints([Port("trang web", "TIEPDAN_TEST_PORT", 8000)])
    assert sentence == f"TIEPDAN_TEST_PORT={value} không phải là số cổng (1 đến 65535)."
