import { describe, expect, it } from "vitest";
import { merge } from "../../src/player/chain";
import { addCluster } from "../../src/player/clusters";
import { plan, type Cursor, type Piece } from "../../src/player/plan";
import { file } from "./build";

const none = new Set<string>();
const wish = (time: number, ahead = 14): { time: number; ahead: number; seconds: number } => ({ time, ahead, seconds: 4 });

/** Reads until nothing more is due. */
function readAll(spans: ReturnType<typeof merge>, time: number, ahead: number): Piece[] {
  const pieces: Piece[] = [];
  let cursor: Cursor | null = null;
  for (let piece = plan(spans, cursor, wish(time, ahead)); piece; piece = plan(spans, cursor, wish(time, ahead))) {
    pieces.push(piece);
    cursor = piece.cursor;
  }
  return pieces;
}

describe("what is read next", () => {
  it("starts at the key cluster before the play head and reaches beyond it", () => {
    const piece = plan(merge([file({ wall: 100, seconds: 60 })], none), null, wish(114.5))!;
    expect(piece.first).toBe(12);
    expect(piece.fresh).toBe(true);
    expect([piece.from, piece.to]).toEqual([12_300, 16_300]);
    expect(piece.cursor.until).toBe(116);
  });
  it("goes on in the same file without its header, in whole clusters, up to the wanted distance", () => {
    const pieces = readAll(merge([file({ wall: 100, seconds: 60 })], none), 100, 14);
    expect(pieces.map((piece) => piece.fresh)).toEqual([true, false, false, false]);
    for (let i = 1; i < pieces.length; i += 1) expect(pieces[i]!.from).toBe(pieces[i - 1]!.to);
    expect(pieces.at(-1)!.cursor.until).toBe(116);
  });
  it("takes the next file with its header, and jumps over a gap that is near", () => {
    const spans = merge([file({ wall: 100, seconds: 4 }), file({ wall: 110, seconds: 4 })], none);
    const pieces = readAll(spans, 100, 14);
    expect(pieces.map((piece) => [piece.wall, piece.fresh, piece.from])).toEqual([[100, true, 300], [110, true, 300]]);
  });
  it("does not read beyond the wanted distance", () => {
    expect(readAll(merge([file({ wall: 200, seconds: 60 })], none), 100, 14)).toEqual([]);
  });
  it("waits at the end of a growing file and goes on with what is added", () => {
    const growing = file({ wall: 100, seconds: 3, closed: false });
    const read = readAll(merge([growing], new Set(["a"])), 100, 14);
    expect(read.at(-1)!.to).toBe(3300);
    addCluster(growing.clusters, 3300, 900, 2250, false); // the guess of the end was too long: it must not be skipped
    const next = plan(merge([growing], new Set(["a"])), read.at(-1)!.cursor, wish(100))!;
    expect([next.fresh, next.from, next.to]).toEqual([false, 3300, 4200]);
  });
  it("starts again at a key cluster when the file's time was moved by more than a frame", () => {
    const moved = file({ wall: 100, seconds: 30 });
    const first = plan(merge([moved], none), null, wish(100))!;
    moved.wall = 100.01;
    expect(plan(merge([moved], none), first.cursor, wish(100))!.fresh).toBe(false);
    moved.wall = 100.2;
    const again = plan(merge([moved], none), first.cursor, wish(100))!;
    expect([again.fresh, again.first, again.wall]).toEqual([true, 3, 100.2]);
  });
  it("enters the other recorder at a key cluster before the cut", () => {
    const spans = merge([file({ take: "a", wall: 100, seconds: 20, width: 1920 }), file({ take: "b", wall: 100.5, seconds: 40 })], none);
    const cut: Cursor = { file: spans[0]!.file, next: 20, wall: 100, until: 120 };
    const piece = plan(spans, cut, wish(115))!;
    expect([piece.file.take, piece.first, piece.fresh]).toEqual(["b", 18, true]);
  });
  it("leaves what the play head has overtaken", () => {
    const spans = merge([file({ wall: 100, seconds: 60 })], none);
    const old: Cursor = { file: spans[0]!.file, next: 60, wall: 100, until: 90 };
    expect(plan(spans, old, wish(130))?.first ?? null).toBe(null);
    const behind: Cursor = { ...old, next: 4, until: 104 };
    expect(plan(spans, behind, wish(104))!.first).toBe(4);
  });
});
