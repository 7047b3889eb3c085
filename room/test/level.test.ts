import { expect, test } from "vitest";
import { peakOf, verdict } from "../src/readiness/level";
import { rates } from "../src/transport/figures";

test("a sentence is loud for several moments; one knock is not a voice", () => {
  expect(verdict([])).toBe("silent");
  expect(verdict([0.001, 0.004])).toBe("silent");
  expect(verdict([0.02, 0.03, 0.02, 0.03, 0.02])).toBe("low");
  expect(verdict([0.9, 0.001, 0.001])).toBe("low");
  expect(verdict([0.1, 0.002, 0.2, 0.1, 0.06])).toBe("good");
  expect(peakOf(new Float32Array([0.1, -0.5, 0.2]))).toBeCloseTo(0.5);
});

test("loss and bitrate are those since the reading before", () => {
  const before = { at: 1000, bytes: 1_000, packets: 100, lost: 5 };
  expect(rates(before, { at: 3000, bytes: 251_000, packets: 290, lost: 15 })).toEqual({ loss: 5, kbps: 1000 });
  // A new connection counts from zero again: no negative figures.
  expect(rates(before, { at: 3000, bytes: 1_000, packets: 0, lost: 0 }).loss).toBe(0);
});
