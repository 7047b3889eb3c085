import { describe, expect, it } from "vitest";
import { fellBehind, follow, jumped, LIVE_WITHIN, NOT_LIVE } from "../../src/player/follow";

const FAR = LIVE_WITHIN + 1;

describe("staying live", () => {
  it("leaves alone who watches an earlier moment", () => {
    expect(fellBehind(NOT_LIVE, 3600, 100)).toBe(false);
  });
  it("leaves alone who is near enough", () => {
    expect(fellBehind(follow(0), LIVE_WITHIN, 100)).toBe(false);
  });
  it("moves who fell behind, a moment after the button", () => {
    const live = follow(100);
    expect(fellBehind(live, FAR, 101)).toBe(false);
    expect(fellBehind(live, FAR, 102)).toBe(true);
  });
  it("moves a machine that cannot keep up more and more rarely, and a calm one at once", () => {
    let live = follow(0);
    const waits: number[] = [];
    let at = 2;
    for (let turn = 0; turn < 5; turn += 1) {
      live = jumped(live, at);
      let next = at;
      while (!fellBehind(live, FAR, next)) next += 1;
      waits.push(next - at);
      at = next;
    }
    expect(waits).toEqual([4, 8, 16, 16, 16]); // the button was the first jump
    expect(fellBehind(live, FAR, at + 60)).toBe(true);
    live = jumped(live, at + 60);
    expect(fellBehind(live, FAR, at + 62)).toBe(true);
  });
});
