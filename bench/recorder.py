"""The recorder with 30 points, beside the floor of the same job: `python -m bench.recorder [--composite]`.

Rounds of recorder, then floor, first with nothing else to do, then with every core kept busy by other work. Simulated
points publish all the time; the recorder gets a new take each round, the floor a sender that replays the same clip.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from statistics import median

from bench import composite, machine, process, programs, rounds, take
from bench.process import Program
from bench.report import section, verdict
from bench.rounds import Round
from bench.stage import Stage

RATIO, MEMORY_MIB, ALIKE = 2.0, 100, 0.02


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
    parser.add_argument("--seconds", type=float, default=12, help="length of a window")
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
        print(f"{told}, ratio {result.ratio:.2f}", flush=True)
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


def table(quiet: list[Round], busy: list[Round]) -> list[str]:
    def line(name: str, of: Callable[[list[Round]], str], target: str = "") -> str:
        return f"| {name} | {of(quiet)} | {of(busy)} | {target} |"

    def middle(value: Callable[[Round], float], form: str = "{:.1f} %") -> Callable[[list[Round]], str]:
        return lambda found: form.format(median(value(item) for item in found)) if found else "–"

    return [
        "| | quiet | every core kept busy | target |",
        "|---|---|---|---|",
        line("recorder, CPU", middle(lambda item: item.taken.window.cpu)),
        line("floor, CPU", middle(lambda item: item.floor.window.cpu)),
        line(
            "recorder ÷ floor",
            middle(lambda item: item.ratio, "{:.2f}"),
            f"≤ {RATIO:g} (quiet): {verdict(cheap(quiet))}",
        ),
        line("recorder, most memory", middle(lambda item: item.taken.peak_mib, "{:.0f} MiB"), memory(quiet + busy)),
        line("floor, most memory", middle(lambda item: item.floor.peak_mib, "{:.0f} MiB")),
        line(
            "packets lost, frames given up, dropped by the kernel, notes",
            losses,
            f"0: {verdict(complete(quiet + busy))}",
        ),
        line("packets that the server repeated", lambda found: str(sum(item.taken.repeated for item in found))),
        line("packets/s to the recorder", middle(lambda item: item.taken.packets, "{:.0f}")),
        line("packets/s to the floor", middle(lambda item: item.floor.packets, "{:.0f}"), same(quiet + busy)),
        line("sound and picture, recorder", middle(lambda item: item.taken.payload / 1e6, "{:.2f} MB/s")),
        line("sound and picture, floor", middle(lambda item: item.floor.payload / 1e6, "{:.2f} MB/s")),
        line("to disk, recorder", middle(lambda item: _disk(item), "{:.2f} MB/s")),
    ]


def windows(quiet: list[Round], busy: list[Round]) -> list[str]:
    def told(found: list[Round]) -> str:
        return ", ".join(f"{item.taken.window.cpu:.1f}/{item.floor.window.cpu:.1f}" for item in found) or "none"

    return [f"All windows (recorder/floor): quiet {told(quiet)}; busy {told(busy)}."]


def _disk(item: Round) -> float:
    return item.taken.window.bytes_to_disk / item.taken.window.seconds / 1e6


def losses(found: list[Round]) -> str:
    lost = [item.taken.lost for item in found]
    counts = (sum(item.packets for item in lost), sum(item.frames for item in lost), sum(item.kernel for item in lost))
    notes = [note for item in lost for note in item.notes]
    return ", ".join(map(str, (*counts, len(notes)))) + (f" ({notes[0]})" if notes else "")


def memory(found: list[Round]) -> str:
    return f"≤ {MEMORY_MIB} MiB: {verdict(small(found))}"


def same(found: list[Round]) -> str:
    return f"alike within {ALIKE:.0%}: {verdict(alike(found))}"


def cheap(quiet: list[Round]) -> bool:
    return not quiet or median(item.ratio for item in quiet) <= RATIO


def small(found: list[Round]) -> bool:
    return all(item.taken.peak_mib <= MEMORY_MIB for item in found)


def complete(found: list[Round]) -> bool:
    return not any(item.taken.lost.any for item in found)


def alike(found: list[Round]) -> bool:
    """The floor is the same job only when it was given the same packets, and lost none."""
    pairs = [(item.taken.packets, item.floor.packets) for item in found]
    pairs += [(item.taken.payload, item.floor.payload) for item in found]
    return all(abs(ours / theirs - 1) <= ALIKE for ours, theirs in pairs) and not any(item.floor.lost for item in found)


def good(quiet: list[Round], busy: list[Round]) -> bool:
    found = quiet + busy
    return cheap(quiet) and small(found) and complete(found) and alike(found)


if __name__ == "__main__":
    sys.exit(main())
