import { describe, expect, it } from "vitest";
import { afterSeek, lean, maySeek, moveTo, newClock, NO_BACKOFF, rateFor, read, run, setSpeed } from "../../src/player/clock";

describe("the master clock", () => {
  it("stands until it is started and keeps its moment over pauses", () => {
    let clock = newClock(1000, 50);
    expect(read(clock, 99)).toBe(1000);
    clock = run(clock, true, 100);
    expect(read(clock, 103)).toBe(1003);
    clock = run(clock, false, 103);
    expect(read(clock, 500)).toBe(1003);
    clock = run(clock, true, 500);
    expect(read(clock, 501)).toBe(1004);
  });
  it("changes speed without a jump", () => {
    let clock = run(newClock(0, 0), true, 0);
    clock = setSpeed(clock, 2, 10);
    expect(read(clock, 10)).toBe(10);
    expect(read(clock, 13)).toBe(16);
    clock = setSpeed(clock, 0.75, 13);
    expect(read(clock, 17)).toBe(19);
  });
  it("is not disturbed by being started twice", () => {
    const clock = run(newClock(0, 0), true, 5);
    expect(run(clock, true, 9)).toBe(clock);
  });
  it("moves to a moment and runs on from there", () => {
    expect(read(moveTo(run(newClock(0, 0), true, 0), 500, 7), 9)).toBe(502);
  });
  it("leans towards the sound in small steps, never in a jump", () => {
    let clock = run(newClock(0, 0), true, 0);
    let ahead = -0.2;
    let machine = 0;
    for (let i = 0; i < 60; i += 1) {
      machine += 0.1;
      const before = read(clock, machine);
      clock = lean(clock, ahead, machine);
      const step = read(clock, machine) - before;
      expect(Math.abs(step)).toBeLessThanOrEqual(0.006 + 1e-9);
      ahead -= step;
    }
    expect(Math.abs(ahead)).toBeLessThan(0.02);
  });
});

describe("pictures follow", () => {
  it("without a correction when they are in step", () => {
    expect(rateFor(0.005, 1)).toBe(1);
    expect(rateFor(-0.005, 1.5)).toBe(1.5);
  });
  it("a little faster or slower when they are not, with a limit, at every speed", () => {
    expect(rateFor(0.1, 1)).toBe(1.08);
    expect(rateFor(-0.1, 1)).toBe(0.92);
    expect(rateFor(0.9, 1)).toBe(1.2);
    expect(rateFor(-0.9, 2)).toBe(1.6);
  });
  it("and come into step", () => {
    let behind = 0.5;
    for (let i = 0; i < 60; i += 1) behind -= (rateFor(behind, 1) - 1) * 0.1;
    expect(Math.abs(behind)).toBeLessThan(0.02);
  });
});

describe("seeking backs off", () => {
  it("two seconds, then longer and longer, and forgets after a quiet time", () => {
    let backoff = afterSeek(NO_BACKOFF, 100);
    expect(maySeek(NO_BACKOFF, 100)).toBe(true);
    expect(maySeek(backoff, 101.9)).toBe(false);
    expect(maySeek(backoff, 102)).toBe(true);
    const waits: number[] = [];
    let at = 102;
    for (let i = 0; i < 5; i += 1) {
      backoff = afterSeek(backoff, at);
      waits.push(backoff.until - at);
      at = backoff.until;
    }
    expect(waits).toEqual([2, 4, 8, 16, 16]);
    expect(afterSeek(backoff, at + 60).until - (at + 60)).toBe(2);
  });
});
