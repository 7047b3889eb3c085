"""The recorded files themselves, read without our own code: decoded by ffmpeg, listened to with a Fourier transform."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.e2e.films import ffmpeg

RATE = 16_000


@dataclass(frozen=True)
class File:
    """A file of a take as the index tells it. `wall` is the UTC time (unix seconds) of its first frame."""

    path: Path
    hall: str
    point: str
    source: str
    wall: float
    duration: float
    bytes: int

    @property
    def end(self) -> float:
        return self.wall + self.duration


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def files(take: Path) -> list[File]:
    """All files of a take, by its index; the duration of a file that was not closed is that of its clusters."""
    opened: dict[int, dict[str, Any]] = {}
    walls: dict[int, float] = {}
    lengths: dict[int, float] = {}
    sizes: dict[int, int] = {}
    for line in lines(take / "index.jsonl"):
        if "open" in line:
            opened[line["open"]["id"]] = line["open"]
            walls[line["open"]["id"]] = line["open"]["wall"]
        for key, clusters in line.get("clusters", {}).items():
            offset, length, time, _ = clusters[-1]
            lengths[int(key)], sizes[int(key)] = time / 1000, offset + length
        for key, wall in line.get("wall", {}).items():
            walls[int(key)] = wall
        if "close" in line:
            close = line["close"]
            walls[close["id"]], lengths[close["id"]] = close["wall"], close["duration"]
            sizes[close["id"]] = close["bytes"]
    return [
        File(
            path=take / item["file"],
            hall=item["hall"],
            point=item["point"],
            source=item["source"],
            wall=walls[number],
            duration=lengths.get(number, 0.0),
            bytes=sizes.get(number, 0),
        )
        for number, item in opened.items()
    ]


def decoded_seconds(file: File) -> float:
    """Length of what ffmpeg decodes, in seconds: up to the last picture or sample."""
    # The pictures' own times: a frame rate that ffmpeg guesses would be ours to explain.
    how = (
        ["-map", "0:v", "-fps_mode", "passthrough", "-enc_time_base", "-1"]
        if file.source == "camera"
        else ["-map", "0:a"]
    )
    command = [ffmpeg(), "-v", "error", "-i", str(file.path), *how, "-f", "null", "-progress", "-", "-"]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0 and not answer.stderr.strip(), f"{file.path}: {answer.stderr}"
    return int(answer.stdout.rsplit("out_time_us=", 1)[1].split()[0]) / 1e6


def sound(file: File) -> NDArray[np.float64]:
    """Samples of a sound file, one channel, 16 kHz, within −1 and 1."""
    command = [ffmpeg(), "-v", "error", "-i", str(file.path), "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, dtype="<i2").astype(np.float64) / 32768


def tone_level(samples: NDArray[np.float64], hertz: int) -> float:
    """Loudest amplitude of one pitch in any fifth of a second: 0 is silence, 1 the loudest sine."""
    step = RATE // 5
    window = np.hanning(step)
    wave = np.exp(-2j * np.pi * hertz * np.arange(step) / RATE) * window
    blocks = samples[: len(samples) // step * step].reshape(-1, step)
    return float(np.max(np.abs(blocks @ wave)) * 2 / window.sum()) if len(blocks) else 0.0


def tone_between(found: list[File], hertz: int, start: float, end: float) -> float:
    """Loudest amplitude of a pitch between two UTC times in a chain of sound files."""
    loudest = 0.0
    for file in found:
        if file.end <= start or file.wall >= end:
            continue
        samples = sound(file)
        first = max(0, int((start - file.wall) * RATE))
        last = min(len(samples), int((end - file.wall) * RATE))
        if last > first:
            loudest = max(loudest, tone_level(samples[first:last], hertz))
    return loudest


def ledger_problems(take: Path) -> list[str]:
    """What does not agree between the ledger and the files, computed as docs/recording-format.md tells a stranger."""
    problems = []
    before = "0" * 64
    raw = (take / "ledger.jsonl").read_bytes().splitlines()
    for number, line in enumerate(raw, 1):
        item = json.loads(line)
        if item["prev"] != before:
            problems.append(f"line {number}: chain broken")
        before = hashlib.sha256(line).hexdigest()
        if "closed" in item:
            for name in ("index", "journal"):
                if hashlib.sha256((take / f"{name}.jsonl").read_bytes()).hexdigest() != item[f"{name}_sha256"]:
                    problems.append(f"{name}.jsonl changed after sealing")
        elif hashlib.sha256((take / item["file"]).read_bytes()).hexdigest() != item["sha256"]:
            problems.append(f"{item['file']}: other content")
    return problems


def ledger_head(take: Path) -> str:
    return hashlib.sha256((take / "ledger.jsonl").read_bytes().splitlines()[-1]).hexdigest()
