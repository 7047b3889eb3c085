"""The programs of a demo, made from var/demo.json that «manage.py demo prepare» wrote."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts import tools
from scripts.paths import BIN, PYTHON, ROOM, ROOT, RUN, VAR
from scripts.ports import HOST, LIVEKIT, WEB
from scripts.supervision import Program

LIVEKIT_CONFIG = RUN / "livekit.yaml"


def web_address() -> str:
    return f"http://{HOST}:{WEB.number}"


def environment(dev: bool) -> dict[str, str]:
    """What every program of the demo is told; a setting of the person who starts it wins."""
    env = tools.django_env()
    env.setdefault("TIEPDAN_PORT", str(WEB.number))
    env.setdefault("TIEPDAN_LIVEKIT_URL", f"ws://{HOST}:{LIVEKIT.number}")
    env.setdefault("PYTHONUNBUFFERED", "1")
    if dev:
        env["TIEPDAN_DEBUG"] = "1"
    return env


def programs(demo: Mapping[str, Any], dev: bool) -> list[Program]:
    """In the order of their start: what others lean on comes first."""
    found = [livekit(), web(), worker(), desk()]
    found += [recorder(item, place) for place, item in enumerate(demo["recorders"], 1)]
    found += [standin(item, place) for place, item in enumerate(demo["standins"], 1)]
    if dev:
        found.append(island())
    return found


def web() -> Program:
    settings = ROOT / "scripts" / "gunicorn_conf.py"
    command: list[str | Path] = [PYTHON, "-m", "gunicorn", "-c", settings, "tiepdan.wsgi"]
    return Program("web", "Trang web", command, patience=8)


def worker() -> Program:
    return Program("worker", "Việc nền", [PYTHON, ROOT / "manage.py", "worker", "--quick"])


def desk() -> Program:
    """Mail and papers wait for others: apart, so that the watch over a reception never waits with them."""
    return Program("desk", "Gửi thư, làm văn bản", [PYTHON, ROOT / "manage.py", "worker", "--slow"])


def livekit() -> Program:
    # Asked to stop, LiveKit waits until the last one has left the room; nobody waits here: it is killed soon.
    # Orphaned, nobody would send it a second signal: it is killed at once.
    command: list[str | Path] = [BIN / "livekit-server", "--config", LIVEKIT_CONFIG]
    return Program("livekit", "Máy chủ LiveKit", command, patience=2, orphaned="KILL")


def recorder(item: Mapping[str, Any], place: int) -> Program:
    env = {
        "TIEPDAN_WEB": web_address(),
        "TIEPDAN_RECORDER_NAME": item["name"],
        "TIEPDAN_RECORDER_TOKEN_FILE": str(inside(item["token_file"])),
        "TIEPDAN_ARCHIVE": os.environ.get("TIEPDAN_ARCHIVE") or str(VAR / "archive"),
    }
    # Patience: it closes and hashes its files before it ends.
    return Program(f"recorder-{place}", f"Máy ghi {place}", [BIN / "recorder"], env, patience=10)


def standin(item: Mapping[str, Any], place: int) -> Program:
    env = {
        "TIEPDAN_WEB": web_address(),
        "TIEPDAN_STANDIN_NAME": item["name"],
        "TIEPDAN_STANDIN_TITLE": item["title"],
        "TIEPDAN_STANDIN_PASSWORD_FILE": str(inside(item["password_file"])),
    }
    title = f"Điểm cầu mô phỏng {item['title']}"
    return Program(f"standin-{place}", title, [BIN / "standin", "-takeover"], env, patience=3)


def island() -> Program:
    command: list[str | Path] = [tools.node(), "build.mjs", "--watch"]
    return Program("island", "Trang phòng họp (esbuild)", command, cwd=ROOM, patience=2)


def inside(path: str) -> Path:
    """A path of demo.json: absolute, or told from the data folder."""
    return VAR / path
