"""What only a real livekit-server can show."""

import os
import socket
import struct
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.engine import eventually
from tests.media.conftest import RealSet
from tests.media.people import RealPerson
from tiepdan.media.livekit import LiveKitEngine
from tiepdan.media.port import MediaDown, MediaError, MediaGone, Rights

HALL = Rights(camera=True, microphone=True)
SILENT = Rights(camera=True)
TTL = timedelta(minutes=10)


@pytest.fixture
def room() -> str:
    return f"room-{uuid4().hex[:8]}"


def enter(real: RealSet, room: str, identity: str, rights: Rights) -> RealPerson:
    return RealPerson(real.stage, real.engine.ticket(room, identity, identity, rights, TTL))


def test_who_was_inside_comes_back_after_a_restart_with_the_last_rights(real: RealSet, room: str) -> None:
    real.engine.open(room, "x")
    person = enter(real, room, "p7.1", HALL)
    person.publish("camera")
    person.publish("microphone")
    eventually(lambda: [(p.camera, p.microphone) for p in real.engine.present(room)] == [(True, True)])
    real.engine.permit(room, "p7.1", SILENT)
    eventually(lambda: not real.engine.present(room)[0].microphone)
    real.server.restart()
    eventually(lambda: [p.camera for p in real.engine.present(room)] == [True], seconds=30)
    [back] = real.engine.present(room)
    assert (back.identity, back.rights, back.microphone) == ("p7.1", SILENT, False)
    # The room came back by the joining, without its note: whoever watches has to write it again.
    real.engine.open(room, "y")
    eventually(lambda: person.note() == "y")
    person.leave()


def test_tickets_carry_the_public_address(real: RealSet, room: str) -> None:
    engine = LiveKitEngine(real.server.url, real.server.key, real.server.secret, "wss://phong.example.vn")
    assert engine.ticket(room, "p7.1", "x", HALL, TTL).url == "wss://phong.example.vn"
    assert engine.present(room) == []  # and asks by the other
    engine.shut()


def test_a_wrong_secret_is_neither_down_nor_gone(real: RealSet, room: str) -> None:
    stranger = LiveKitEngine(real.server.url, real.server.key, "x" * 40)
    with pytest.raises(MediaError) as told:
        stranger.present(room)
    assert not isinstance(told.value, MediaDown | MediaGone)
    assert "401" in str(told.value)
    stranger.shut()


def test_the_engine_works_again_after_being_shut(real: RealSet, room: str) -> None:
    real.engine.shut()
    assert real.engine.present(room) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_forked_process_has_its_own_line(real: RealSet, room: str) -> None:
    real.engine.open(room, "x")
    child = os.fork()
    if child == 0:
        try:
            real.engine.note(room, "written by the child")
            os._exit(0)
        finally:
            os._exit(1)  # never into pytest's own way out
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    person = enter(real, room, "p7.1", HALL)
    assert person.note() == "written by the child"
    person.leave()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_server_talks_to_this_machine_only(real: RealSet, room: str) -> None:
    person = enter(real, room, "p7.1", HALL)
    person.publish("camera")
    eventually(lambda: [p.camera for p in real.engine.present(room)] == [True])
    tcp, udp = _addresses(real.server.pid, "tcp"), _addresses(real.server.pid, "udp")
    assert {local[0] for local, _ in tcp | udp} == {"127.0.0.1"}
    assert {remote[0] for _, remote in tcp | udp} <= {"127.0.0.1", "0.0.0.0"}
    assert [local for local, _ in udp] == [("127.0.0.1", real.server.udp_port)]
    assert not _addresses(real.server.pid, "tcp6") and not _addresses(real.server.pid, "udp6")
    person.leave()


def _addresses(pid: int, kind: str) -> set[tuple[tuple[str, int], tuple[str, int]]]:
    """(local, remote) of every socket of a process, as Linux lists them."""
    own = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    rows = [line.split() for line in Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()[1:]]
    return {(_address(row[1]), _address(row[2])) for row in rows if f"socket:[{row[9]}]" in own}


def _address(text: str) -> tuple[str, int]:
    host, port = text.split(":")
    if len(host) > 8:
        return host, int(port, 16)
    return socket.inet_ntoa(struct.pack("=I", int(host, 16))), int(port, 16)
