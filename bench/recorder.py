"""The recorder with 30 points, beside the floor of the same job: `python -m bench.recorder [--composite]`.

Rounds of recorder, then floor, first with nothing else to do, then with every core kept busy by other work. Simulated
points publish all the time; the recorder gets a new take each round, the floor a sender that replays the same clip.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from bench import composite, machine, process, programs, rounds, take
from bench.figures import good, table, windows
from bench.process import Program
from bench.report import section
from bench.rounds import Round
from bench.stage import Stage


def main() -> int:
    options = read(sys.argv[1:])
    facts = machine.describe()
    programs.FOLDER.mkdir(parents=True, exist_ok=True)
    # Beside the programs and not in /tmp, which may be memory: fsync must mean a disk.
    with (
        tempfile.TemporaryDirectory(dir=programs.FOLDER) as name,
        Stage(Path(name), options.points) as stage,
        stage.recorder() as recorder,
    ):
        bench = Bench(stage, recorder, Path(name), options)
        quiet = bench.rounds("quiet", options.rounds, busy=False)
        composites = bench.composites() if options.composite else []
        busy = bench.rounds("busy", options.busy_rounds, busy=True)
    text = table(quiet, busy)
    about = (
        f"`python -m bench.recorder`: {options.points} points, each 720p at {programs.RATE} pictures/s and 1.2 Mbit/s "
        f"(VP8) with sound (Opus), cameras out of phase; hashing, index and fsync each second on. The floor is "
        f"`recorder/cmd/floor`: it receives the same packets, decrypts, hashes and writes them and does nothing else. "
        f"Medians of windows of {options.seconds:g} s, recorder and floor in turn; CPU in percent of one core."
    )
    section("Recorder", about, [*text, *composites, "", *windows(quiet, busy)], facts)
    return 0 if good(quiet, busy) else 1


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.recorder", description=__doc__)
    parser.add_argument("--points", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3, help="with nothing else to do")
    parser.add_argument("--busy-rounds", type=int, default=2, help="with every core kept busy")
    parser.add_argument("--seconds", type=float, default=10, help="length of a window")
    parser.add_argument("--warm", type=float, default=3, help="seconds before a window")
    parser.add_argument("--composite", action="store_true", help="also decode and composite four points by ffmpeg")
    return parser.parse_args(arguments)


class Bench:
    """The running programs and what was asked for."""

    def __init__(self, stage: Stage, recorder: Program, folder: Path, options: argparse.Namespace) -> None:
        self.stage, self.recorder, self.folder, self.options = stage, recorder, folder, options

    def rounds(self, kind: str, number: int, busy: bool) -> list[Round]:
        return [self._round(f"{kind}-{n}", busy) for n in range(1, number + 1)]

    def _round(self, name: str, busy: bool) -> Round:
        with process.all_cores_busy(180) if busy else nullcontext():
            result = rounds.run(self.stage, self.recorder, name, self.folder, self.options.seconds, self.options.warm)
        rounds.forget(self.stage, name)
        told = f"{name}: recorder {result.taken.window.cpu:.1f} %, floor {result.floor.window.cpu:.1f} %"
        print(f"{told}, ratio {result.ratio:.2f}, lost {result.taken.lost.packets} packets", flush=True)
        return result

    def composites(self) -> list[str]:
        """While the recorder records all points, ffmpeg composes four of them from a take before."""
        name = "source"
        seconds = self.options.seconds
        self.stage.record(name)
        source = process.watch(self.recorder.pid, seconds + 3)
        self.stage.close(name)
        files = take.recorded(self.stage.folder(name))
        self.stage.record("beside")
        plain, encoded = (composite.cost(files, seconds, self.folder, encode) for encode in (False, True))
        self.stage.close("beside")
        for done in (name, "beside"):
            rounds.forget(self.stage, done)
        each = source.cpu / self.options.points * composite.TILES
        return [
            f"| beside it, {composite.TILES} points in ffmpeg: decode and composite | {plain:.1f} % | | |",
            f"| the same and encode | {encoded:.1f} % | | |",
            f"| the recorder's share for {composite.TILES} points | {each:.1f} % | | |",
        ]


if __name__ == "__main__":
    sys.exit(main())
