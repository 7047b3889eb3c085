import { describe, expect, it } from "vitest";
import { barOf, LEAST, placeMarks, ticksOf, toTime, toX } from "../../src/player/geometry";
import { gridFor, largeTile } from "../../src/player/layout";

const view = { start: 1000, end: 2000, width: 500 };

describe("the time line", () => {
  it("maps moments to pixels and back, and holds them inside", () => {
    expect(toX(view, 1500)).toBe(250);
    expect(toTime(view, 250)).toBe(1500);
    expect([toX(view, 0), toX(view, 9999), toTime(view, -5), toTime(view, 900)]).toEqual([0, 500, 1000, 2000]);
  });
  it("stands an empty range", () => {
    const empty = { start: 5, end: 5, width: 100 };
    expect(toX(empty, 7)).toBe(0);
    expect(ticksOf(empty)).toEqual([]);
    expect(toTime({ ...view, width: 0 }, 10)).toBe(1000);
  });
  it("shows even the shortest gap and cuts bars at the edges", () => {
    expect(barOf(view, 1500, 1501, LEAST)).toEqual({ x: 250, width: LEAST });
    expect(barOf(view, 900, 1100)).toEqual({ x: 0, width: 50 });
    expect(barOf(view, 1999.5, 2500, LEAST)!.x + LEAST).toBeLessThanOrEqual(500);
    expect(barOf(view, 0, 999)).toBe(null);
    expect(barOf(view, 2000, 2100)).toBe(null);
  });
  it("has round ticks with room between them", () => {
    const ticks = ticksOf(view, 90);
    expect(ticks).toEqual([1200, 1500, 1800]);
    for (const width of [100, 300, 1100]) {
      const list = ticksOf({ start: 0, end: 7200, width }, 90);
      for (let i = 1; i < list.length; i += 1) expect((list[i]! - list[i - 1]!) / 7200 * width).toBeGreaterThanOrEqual(90);
    }
  });
  it("gives each mark the room up to the next one and leaves out what is not in view", () => {
    const placed = placeMarks(view, [1900, 1000, 1010, 500, 1400], (at) => at);
    expect(placed.map((mark) => [mark.item, mark.x, mark.room])).toEqual([
      [1000, 0, 5], [1010, 5, 195], [1400, 200, 250], [1900, 450, 50],
    ]);
  });
  it("holds the last mark inside", () => {
    expect(placeMarks(view, [2000], (at) => at)).toEqual([{ item: 2000, x: 476, room: 24 }]);
  });
});

describe("the tiles", () => {
  it("use the shape that shows the largest pictures", () => {
    expect(gridFor(5, 1340, 430, 34, 6).columns).toBe(3);
    expect(gridFor(1, 1340, 430, 34, 6).columns).toBe(1);
    expect(gridFor(4, 1340, 700, 34, 6).columns).toBe(2);
    expect(gridFor(9, 1340, 700, 34, 6).columns).toBe(3);
  });
  it("leave the others a place beside an enlarged one", () => {
    expect(largeTile(1340, 430, 34)).toBe(704);
    expect(largeTile(1000, 900, 34)).toBe(640);
  });
  it("fit into the stage", () => {
    for (let count = 1; count <= 16; count += 1) {
      const { columns, tile } = gridFor(count, 1340, 430, 34, 6);
      const rows = Math.ceil(count / columns);
      expect(columns * tile + (columns - 1) * 6).toBeLessThanOrEqual(1340);
      expect(rows * (tile * 9 / 16 + 34) + (rows - 1) * 6).toBeLessThanOrEqual(430);
    }
  });
});
