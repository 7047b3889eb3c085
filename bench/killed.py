"""How much is lost when the recorder is killed: `python -m bench.killed`. Target: ≤ 0.3 s of picture and sound.

The recorder records all points and gets SIGKILL at a random moment, several times. What it had not handed to the
kernel by then is gone. The last frame in each file is compared with the last one that its point had sent by then.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import machine, programs, schedule, take
from bench.report import section, verdict
from bench.schedule import Schedule
from bench.stage import Stage
from bench.take import Recorded

TARGET = 0.3
DECODED = 3  # files of picture and of sound that are decoded after each kill


@dataclass(frozen=True, slots=True)
class Kill:
    """The worst track of each kind, in seconds."""

    picture: float
    sound: float
    by_clock: float  # of all tracks, by the time that the recorder gave to its last frame
    torn: int  # bytes after the last whole cluster
    decoded: int
    wrong: tuple[str, ...]  # files in which ffmpeg finds fewer frames


def main() -> int:
    options = read(sys.argv[1:])
    facts = machine.describe()
    programs.FOLDER.mkdir(parents=True, exist_ok=True)
    clip = programs.clip()
    schedules = {"camera": schedule.picture(clip.picture), "microphone": schedule.sound(clip.sound)}
    kills = []
    with (
        tempfile.TemporaryDirectory(dir=programs.FOLDER) as name,
        Stage(Path(name), options.points) as stage,
    ):
        for number in range(1, options.times + 1):
            kills.append(kill(stage, f"kill-{number}", schedules))
            told = f"picture {kills[-1].picture:.2f} s, sound {kills[-1].sound:.2f} s"
            print(f"kill {number}: {told}, by clock {kills[-1].by_clock:.2f} s", flush=True)
    about = (
        f"`python -m bench.killed`: {options.points} points as above, SIGKILL at {options.times} random moments. Lost "
        f"is what a point had sent before the kill and is not in its file; of each kill the worst track counts."
    )
    section("Recorder killed", about, table(kills), facts)
    return 0 if good(kills) else 1


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.killed", description=__doc__)
    parser.add_argument("--points", type=int, default=30)
    parser.add_argument("--times", type=int, default=10)
    return parser.parse_args(arguments)


def kill(stage: Stage, name: str, schedules: dict[str, Schedule]) -> Kill:
    with stage.recorder() as recorder:
        stage.record(name)
        time.sleep(random.uniform(1, 3))
        end = time.time()
        recorder.kill()
    stage.web.order(name, "")
    files = take.recorded(stage.folder(name))
    if len(files) != 2 * stage.points:
        raise RuntimeError(f"{len(files)} files of {stage.points} points")

    def worst(source: str) -> float:
        return max(
            schedules[source].lost(file.last_sum, int(file.hall[1:]) - 1, stage.points, end)
            for file in files
            if file.source == source
        )

    chosen = [file for source in schedules for file in random.sample(of(files, source), min(DECODED, stage.points))]
    return Kill(
        worst("camera"),
        worst("microphone"),
        max(end - file.until for file in files),
        sum(file.torn for file in files),
        len(chosen),
        tuple(file.path.name for file in chosen if frames(file.path) != file.frames),
    )


def of(files: list[Recorded], source: str) -> list[Recorded]:
    return [file for file in files if file.source == source]


def frames(path: Path) -> int:
    """How many frames ffmpeg decodes."""
    command = [programs.ffmpeg(), "-v", "error", "-i", str(path), "-fps_mode", "passthrough", "-f", "framecrc", "-"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return sum(not line.startswith("#") for line in answer.stdout.splitlines())


def table(kills: list[Kill]) -> list[str]:
    def row(name: str, lost: list[float], target: str) -> str:
        return f"| {name} | {median(lost):.2f} s | {max(lost):.2f} s | {target} |"

    pictures, sounds = [item.picture for item in kills], [item.sound for item in kills]
    wrong = [name for item in kills for name in item.wrong]
    decoded = sum(item.decoded for item in kills)
    return [
        "| lost | median | worst | target |",
        "|---|---|---|---|",
        row("picture", pictures, f"≤ {TARGET} s: {verdict(max(pictures) <= TARGET)}"),
        row("sound", sounds, f"≤ {TARGET} s: {verdict(max(sounds) <= TARGET)}"),
        row(
            "either, by the times in the index (with the last frame's own length)",
            [item.by_clock for item in kills],
            "",
        ),
        "",
        f"ffmpeg decoded every frame of {decoded - len(wrong)} of {decoded} files chosen at random; "
        f"bytes after the last whole cluster: {sum(item.torn for item in kills)} in {len(kills)} kills.",
    ]


def good(kills: list[Kill]) -> bool:
    return all(max(item.picture, item.sound) <= TARGET and not item.wrong for item in kills)


if __name__ == "__main__":
    sys.exit(main())
