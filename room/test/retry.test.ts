import { expect, test } from "vitest";
import { afterLoss, ENGINE_RETRIES_MS, passesByItself, retryDelay } from "../src/retry";

test("a fault of line or server is joined again; being replaced or removed waits for a person", () => {
  expect(["network", "server", "room-gone"].map((loss) => afterLoss(loss as "network"))).toEqual(["join", "join", "join"]);
  expect(afterLoss("replaced")).toBe("ask");
  expect(afterLoss("removed")).toBe("ask");
  expect(afterLoss("left")).toBe("stop");
});

test("the first attempt is made at once, the others every second or two, for ever", () => {
  expect(retryDelay(1)).toBe(0);
  for (const chance of [0, 0.5, 1]) {
    for (const attempt of [2, 3, 5, 20, 10_000]) {
      const delay = retryDelay(attempt, () => chance);
      expect(delay).toBeGreaterThanOrEqual(750);
      expect(delay).toBeLessThanOrEqual(2000);
    }
  }
});

test("the engine's own attempts end early enough to be back within ten seconds", () => {
  expect(ENGINE_RETRIES_MS.reduce((sum, delay) => sum + delay, 0)).toBeLessThanOrEqual(3000);
});

test("only a server that is down, or a room not yet open, passes without a click", () => {
  expect(["media_down", "not_yet"].every(passesByItself)).toBe(true);
  expect(["elsewhere", "replaced", "removed", "revoked", "expired", ""].some(passesByItself)).toBe(false);
});
