"""What the cameras and microphones of the test halls see and hear: files that Chromium plays as devices."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECONDS = 20


@dataclass(frozen=True)
class Film:
    """A picture with a running clock, and a tone of a pitch of its own (hertz), by which its hall is known."""

    picture: Path
    sound: Path
    tone: int


def ffmpeg() -> str:
    return os.environ.get("TIEPDAN_FFMPEG") or "ffmpeg"


def make(folder: Path, name: str, colour: str, tone: int, beat: float = 1) -> Film:
    """`beat`: seconds from one beep to the next; a beep sounds for half of it."""
    picture, sound = folder / f"{name}.mjpeg", folder / f"{name}.wav"
    draw = f"testsrc=size=640x360:rate=15:duration={SECONDS},drawbox=color={colour}:thickness=24"
    _run("-f", "lavfi", "-i", draw, "-q:v", "6", "-pix_fmt", "yuvj420p", str(picture))
    # Beeps: a steady tone is what noise suppression takes away.
    beep = f"sine=frequency={tone}:sample_rate=48000:duration={SECONDS}"
    _run("-f", "lavfi", "-i", beep, "-af", f"volume='if(lt(mod(t,{beat}),{beat / 2}),4,0)':eval=frame", str(sound))
    return Film(picture, sound, tone)


def _run(*words: str) -> None:
    subprocess.run([ffmpeg(), "-v", "error", "-y", *words], check=True)
