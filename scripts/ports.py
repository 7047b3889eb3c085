"""Is each port free that the demo wants? A newcomer gets a sentence, not a stack trace."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Port:
    """A port of the demo and the setting that moves it."""

    what: str
    setting: str
    standard: int
    udp: bool = False

    @property
    def number(self) -> int:
        """The wanted number; ValueError with a sentence when the setting holds none."""
        value = os.environ.get(self.setting) or str(self.standard)
        if not (value.isascii() and value.isdigit()) or not 1 <= int(value) <= 65535:
            raise ValueError(f"{self.setting}={value} không phải là số cổng (1 đến 65535).")
        return int(value)


WEB = Port("trang web", "TIEPDAN_PORT", 8000)
LIVEKIT = Port("máy chủ LiveKit", "TIEPDAN_LIVEKIT_PORT", 7880)
LIVEKIT_UDP = Port("hình và tiếng của LiveKit", "TIEPDAN_LIVEKIT_UDP_PORT", 7882, udp=True)
ALL = (WEB, LIVEKIT, LIVEKIT_UDP)


def is_free(number: int, udp: bool) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM if udp else socket.SOCK_STREAM) as probe:
        if not udp:
            # A port that was just left may still be cooling down; the servers take it all the same.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError:
            return False
    return True


def a_free_one(near: int, udp: bool) -> int:
    return next(number for number in range(near + 1, 65536) if is_free(number, udp))


def complaints(ports: Sequence[Port] = ALL) -> list[str]:
    """A sentence for each port that cannot be had, with the setting to change."""
    found = []
    for port in ports:
        try:
            number = port.number
        except ValueError as error:
            found.append(str(error))
            continue
        if not is_free(number, port.udp):
            kind = "UDP" if port.udp else "TCP"
            other = f"{port.setting}={a_free_one(number, port.udp)}"
            found.append(
                f"Cổng {kind} {number} (cho {port.what}) đang có chương trình khác dùng. "
                f"Tắt chương trình đó, hoặc chọn cổng khác: {other} make demo"
            )
    return found
