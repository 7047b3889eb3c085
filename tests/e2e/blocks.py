"""Reads the clock that a stand-in paints into its picture (layout: recorder/internal/standin/blocks/blocks.go)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

CELLS = 64
CHECK = 4093
CONTRAST = 60

# One moment for both: the frame that the video shows and the clock of the player. Only the rows of the blocks are read.
TOP, HIGH = 312, 32
GRAB = """hall => {
  const found = window.tiepdanPlayer.halls().find(one => one.hall === hall);
  const video = found && found.video;
  if (!video || !video.videoWidth || found.gap) return null;
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 360;
  const brush = canvas.getContext("2d");
  const player = window.tiepdanPlayer.now();
  brush.drawImage(video, 0, 0, 640, 360);
  const pixels = brush.getImageData(0, TOP, 640, HIGH).data;
  const grey = [];
  for (let at = 0; at < pixels.length; at += 4) grey.push(pixels[at + 1]);
  return { player, grey };
}""".replace("TOP", str(TOP)).replace("HIGH", str(HIGH))


@dataclass(frozen=True)
class Reading:
    """Unix seconds: when the shown frame was painted, and the player's clock at that moment."""

    frame: float
    player: float


def clock_of_video(page: Page, hall: str) -> Reading | None:
    """What the player shows of a hall right now; None when the clock in the picture cannot be read."""
    grabbed = page.evaluate(GRAB, hall)
    if grabbed is None:
        return None
    picture = np.zeros((360, 640))
    picture[TOP : TOP + HIGH] = np.array(grabbed["grey"], dtype=np.float64).reshape(HIGH, 640)
    painted = read(picture)
    return None if painted is None else Reading(painted / 1000, grabbed["player"])


def read(grey: NDArray[np.float64]) -> int | None:
    """Unix milliseconds painted into a picture of brightness values, or None."""
    height, width = grey.shape
    values = []
    for cell in range(CELLS):
        row, column = divmod(cell, 32)
        left, right = width * (4 + column) // 40, width * (5 + column) // 40
        top, bottom = height * (39 + 2 * row) // 45, height * (41 + 2 * row) // 45
        dx, dy = (right - left) // 4, (bottom - top) // 4
        values.append(float(grey[top + dy : bottom - dy, left + dx : right - dx].mean()))
    white = (values[0] + values[2] + values[61] + values[63]) / 4
    black = (values[1] + values[3] + values[60] + values[62]) / 4
    if white - black < CONTRAST:
        return None
    word = 0
    for value in values:
        word = word << 1 | int(value > (white + black) / 2)
    painted, check = word >> 16 & (1 << 44) - 1, word >> 4 & 0xFFF
    good = word >> 60 == 0b1010 and word & 15 == 0b0101 and check == painted % CHECK
    return painted if good else None
