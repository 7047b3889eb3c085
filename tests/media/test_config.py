"""The server's configuration file. That a real server accepts every key is shown by the tests that start one:
livekit-server refuses a file with a key that it does not know."""

import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tiepdan.media.config import livekit_config

SECRET = "s" * 40
HOOK = "http://127.0.0.1:8000/api/livekit/webhook"


def test_one_machine_stays_on_the_loopback() -> None:
    lines = livekit_config(7880, 7882, "tiepdan", SECRET, HOOK).splitlines()
    for line in (
        "port: 7880",
        'bind_addresses: ["127.0.0.1"]',
        f'  "tiepdan": "{SECRET}"',
        "  udp_port: 7882",
        "  tcp_port: 0",
        "  use_external_ip: false",
        '  node_ip: "127.0.0.1"',
        "    includes: [lo]",
        "  auto_create: true",
        f'  urls: ["{HOOK}"]',
        '  api_key: "tiepdan"',
    ):
        assert line in lines


def test_a_local_network_is_reached_by_its_one_address() -> None:
    text = livekit_config(7880, 7882, "tiepdan", SECRET, HOOK, bind="0.0.0.0", node_ip="10.1.2.3")
    assert 'bind_addresses: ["0.0.0.0"]' in text
    assert 'node_ip: "10.1.2.3"' in text
    assert 'includes: ["10.1.2.3/32"]' in text
    assert "loopback" not in text and "[lo]" not in text


def test_only_codecs_that_the_recorder_writes() -> None:
    text = livekit_config(7880, 7882, "tiepdan", SECRET, HOOK)
    codecs = [line.split()[-1] for line in text.splitlines() if "- mime:" in line]
    assert codecs == ["video/VP8", "video/H264", "audio/opus", "video/rtx"]


def test_no_address_for_notices() -> None:
    assert "webhook" not in livekit_config(7880, 7882, "tiepdan", SECRET, "")


def test_values_cannot_change_the_shape_of_the_file() -> None:
    text = livekit_config(7880, 7882, 'k": x\nport: 1', SECRET, HOOK)
    assert [line for line in text.splitlines() if line.startswith("port:")] == ["port: 7880"]


@pytest.mark.parametrize(("secret", "node_ip"), [("short", "127.0.0.1"), (SECRET, "may-chu")])
def test_values_that_the_server_would_refuse(secret: str, node_ip: str) -> None:
    with pytest.raises(ValueError):
        livekit_config(7880, 7882, "tiepdan", secret, HOOK, node_ip=node_ip)


def test_the_command_writes_what_the_settings_say(tmp_path: Path, settings: Settings) -> None:
    settings.LIVEKIT_URL = "ws://127.0.0.1:7999"
    settings.LIVEKIT_UDP_PORT = 7998
    settings.LIVEKIT_WEBHOOK_URL = HOOK
    settings.LIVEKIT_KEY = "khoa"
    settings.LIVEKIT_SECRET = SECRET
    file = tmp_path / "livekit.yaml"
    file.write_text("old and longer than nothing")
    call_command("livekit_config", str(file))
    assert file.read_text() == livekit_config(7999, 7998, "khoa", SECRET, HOOK)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.glob("livekit*")) == [file]


def test_the_command_tells_in_one_sentence_what_is_wrong(tmp_path: Path, settings: Settings) -> None:
    settings.LIVEKIT_SECRET = "short"
    with pytest.raises(CommandError, match="Không viết được"):
        call_command("livekit_config", str(tmp_path / "livekit.yaml"))
    settings.LIVEKIT_SECRET = SECRET
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        call_command("livekit_config", str(tmp_path / "missing" / "livekit.yaml"))
    assert list(tmp_path.glob("livekit*")) == []
