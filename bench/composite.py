"""What we do not do while recording: decode some of the points, set them side by side, encode the result."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from bench import programs
from bench.take import Recorded

TILES = 4
_ENCODE = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1500k", "-c:a", "libopus"]


def cost(files: list[Recorded], seconds: float, folder: Path, encode: bool) -> float:
    """Percent of one core, in real time, for four pictures of 640×360 in one of 1280×720 and their sound mixed."""
    pictures = [file.path for file in files if file.source == "camera"][:TILES]
    sounds = [file.path for file in files if file.source == "microphone"][:TILES]
    inputs = [word for path in (*pictures, *sounds) for word in ("-re", "-i", str(path))]
    tiles = "".join(f"[{n}:v]scale=640:360[t{n}];" for n in range(TILES))
    stack = "".join(f"[t{n}]" for n in range(TILES)) + f"xstack=inputs={TILES}:layout=0_0|w0_0|0_h0|w0_h0,fps=25[v];"
    mix = "".join(f"[{TILES + n}:a]" for n in range(TILES)) + f"amix=inputs={TILES}[a]"
    target = [*_ENCODE, str(folder / "composite.webm")] if encode else ["-f", "null", "-"]
    command = [programs.ffmpeg(), "-v", "error", "-y", *inputs, "-filter_complex", tiles + stack + mix]
    start = time.monotonic()
    process = subprocess.Popen([*command, "-map", "[v]", "-map", "[a]", "-t", f"{seconds:g}", *target])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"ffmpeg ended with {process.returncode}")
    return 100 * (usage.ru_utime + usage.ru_stime) / (time.monotonic() - start)
