"""The programs under test, built from the present source, and what the simulated points show."""

from __future__ import annotations

import functools
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts import tools
from scripts.paths import BUILD, RECORDER

FOLDER = BUILD / "bench"
# As scripts/build.py builds them for an installation.
_BUILD = ["build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w"]
RATE = 25
# One keyframe in about two seconds. The points are shifted by equal shares of this time; 49 has no factor in common
# with 30 points, so that their frames, and not only their keyframes, come one after another.
GROUP = 49
SECONDS = 5 * GROUP / RATE


@dataclass(frozen=True, slots=True)
class Clip:
    """Some seconds of a camera and a microphone; each point sends them over and over."""

    picture: Path
    sound: Path


@functools.cache
def built(name: str) -> Path:
    """Path of recorder/cmd/<name>, built anew when its source changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    program = FOLDER / name
    command = [str(tools.go()), *_BUILD, "-o", str(program), f"./cmd/{name}"]
    subprocess.run(command, cwd=RECORDER, env=tools.go_env(), check=True)
    return program


def clip() -> Clip:
    """720p at 1.2 Mbit/s, and sound with the size of speech."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = Clip(FOLDER / "camera.ivf", FOLDER / "microphone.ogg")
    if not made.picture.is_file():
        source = f"testsrc2=size=1280x720:rate={RATE},noise=alls=6:allf=t"
        codec = [
            "-c:v",
            "libvpx",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8",
            "-auto-alt-ref",
            "0",
            "-keyint_min",
            str(GROUP),
            "-g",
            str(GROUP),
        ]
        rate = ["-b:v", "1200k", "-minrate", "1200k", "-maxrate", "1200k", "-bufsize", "1200k"]
        _encode(source, [*codec, *rate], made.picture)
    if not made.sound.is_file():
        source = "anoisesrc=color=pink:amplitude=0.3:sample_rate=48000,tremolo=f=4:d=0.8"
        _encode(source, ["-c:a", "libopus", "-b:a", "32k", "-frame_duration", "20"], made.sound)
    return made


def ffmpeg() -> str:
    found = tools.ffmpeg()
    if found is None:
        raise SystemExit("ffmpeg is missing: run «make setup»")
    return str(found)


def _encode(source: str, codec: list[str], to: Path) -> None:
    part = to.with_name(f"part-{to.name}")
    command = [ffmpeg(), "-v", "error", "-y", "-f", "lavfi", "-i", source, "-t", str(SECONDS), *codec, str(part)]
    subprocess.run(command, check=True)
    part.rename(to)
