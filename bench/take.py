"""Reads the folder of a take as a stranger would: by docs/recording-format.md, without the recorder's own code."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKET = 1160  # bytes of a frame in one packet, see recorder/internal/standin/rtpout
_CLUSTER, _TIME, _BLOCK = b"\x1f\x43\xb6\x75", b"\xe7\x84", 0xA3


@dataclass(frozen=True, slots=True)
class Recorded:
    """One file: what stands in its whole clusters."""

    path: Path
    hall: str
    source: str
    wall: float  # unix time of media time 0
    frames: int
    payload: int  # bytes of the frames
    packets: int  # in which the stand-in sent them
    last_ms: int  # of the last frame
    last_sum: str  # SHA-256 of the last frame
    torn: int  # bytes after the last whole cluster

    @property
    def until(self) -> float:
        """Unix time of the last frame, by the recorder's clock."""
        return self.wall + self.last_ms / 1000


def recorded(folder: Path) -> list[Recorded]:
    opened: dict[str, dict[str, Any]] = {}
    for line in _lines(folder / "index.jsonl"):
        if "open" in line:
            opened[str(line["open"]["id"])] = line["open"]
        for number, wall in line.get("wall", {}).items():
            opened[number]["wall"] = wall
    return [_read(folder, facts) for facts in opened.values()]


def _read(folder: Path, facts: dict[str, Any]) -> Recorded:
    path = folder / facts["file"]
    data = path.read_bytes()
    at, frames, payload, packets, last, newest = int(facts["header"]), 0, 0, 0, 0, b""
    while data[at : at + 4] == _CLUSTER:
        end = at + 8 + (int.from_bytes(data[at + 4 : at + 8]) & 0x0FFFFFFF)
        if end > len(data):
            break
        if data[at + 8 : at + 10] != _TIME:
            raise ValueError(f"{path}: no time at the head of the cluster at {at}")
        start, block = int.from_bytes(data[at + 10 : at + 14]), at + 14
        while block < end:
            size, width = _size(data, block + 1)
            if data[block] != _BLOCK:
                raise ValueError(f"{path}: no frame at {block}")
            body = block + 1 + width
            last = start + int.from_bytes(data[body + 1 : body + 3], signed=True)
            block = body + size
            newest = data[body + 4 : block]
            frames += 1
            payload += size - 4
            packets += -((4 - size) // PACKET)
        at = end
    digest, torn = hashlib.sha256(newest).hexdigest(), len(data) - at
    wall = facts["wall"]
    return Recorded(path, facts["hall"], facts["source"], wall, frames, payload, packets, last, digest, torn)


def _size(data: bytes, at: int) -> tuple[int, int]:
    """An EBML length and the number of its bytes."""
    width = 9 - data[at].bit_length()
    return int.from_bytes(data[at : at + width]) & ((1 << 7 * width) - 1), width


def notes(folder: Path) -> list[str]:
    """What the journal tells of loss."""
    lines = [line for line in _lines(folder / "journal.jsonl") if line["kind"] == "note"]
    return [f"{line['note']} {line['hall']} {line['source']}: {line['text']}" for line in lines]


def check_ledger(folder: Path) -> int:
    """Number of files; `ValueError` when the chain, a hash or the seal is not right."""
    before, files = "0" * 64, 0
    lines = (folder / "ledger.jsonl").read_bytes().splitlines()
    for line in lines:
        entry = json.loads(line)
        if entry["prev"] != before:
            raise ValueError(f"the chain breaks at line {entry['n']}")
        before = hashlib.sha256(line).hexdigest()
        if "file" in entry:
            files += 1
            if hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]:
                raise ValueError(f"{entry['file']} is not what the ledger says")
    if not lines or "closed" not in json.loads(lines[-1]):
        raise ValueError("the ledger is not sealed")
    return files


def _lines(file: Path) -> list[dict[str, Any]]:
    whole = file.read_bytes().rpartition(b"\n")[0]  # a torn last line is not read
    return [json.loads(line) for line in whole.splitlines()]
