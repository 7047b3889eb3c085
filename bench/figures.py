"""The table of bench.recorder, and which targets are met."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from bench.report import verdict
from bench.rounds import Round

RATIO, MEMORY_MIB, ALIKE = 2.0, 100, 0.02


def table(quiet: list[Round], busy: list[Round]) -> list[str]:
    def line(name: str, of: Callable[[list[Round]], str], target: str = "") -> str:
        return f"| {name} | {of(quiet)} | {of(busy)} | {target} |"

    def middle(value: Callable[[Round], float], form: str = "{:.1f} %") -> Callable[[list[Round]], str]:
        return lambda found: form.format(median(value(item) for item in found)) if found else "–"

    def most(value: Callable[[Round], float]) -> Callable[[list[Round]], str]:
        return lambda found: f"{max(value(item) for item in found):.0f} MiB" if found else "–"

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
        line("recorder, most memory", most(lambda item: item.taken.peak_mib), memory(quiet + busy)),
        line("floor, most memory", most(lambda item: item.floor.peak_mib)),
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
    packets = median(item.taken.packets / item.floor.packets for item in found)
    payload = median(item.taken.payload / item.floor.payload for item in found)
    return all(abs(ratio - 1) <= ALIKE for ratio in (packets, payload)) and not any(item.floor.lost for item in found)


def good(quiet: list[Round], busy: list[Round]) -> bool:
    found = quiet + busy
    return cheap(quiet) and small(found) and complete(found) and alike(found)
