import { expect, test } from "vitest";
import { hallOf } from "../src/contract";
import { ended, findHall, maySpeak, newer, readState } from "../src/state";
import { floor, hall, room } from "./cast";

test("a state with a smaller version never replaces the one shown", () => {
  const shown = room({ v: 17 });
  expect(newer(shown, room({ v: 16 }))).toBe(shown);
  const next = room({ v: 18 });
  expect(newer(shown, next)).toBe(next);
  const same = room({ v: 17, phase: "paused" });
  expect(newer(shown, same)).toBe(same);
  expect(newer(null, shown)).toBe(shown);
  expect(newer(shown, null)).toBe(shown);
});

test("what is no room state is no state", () => {
  for (const text of [undefined, "", "null", "[]", "{}", "{", '{"v":"1"}', '{"v":1,"phase":"open"}']) {
    expect(readState(text)).toBeNull();
  }
  expect(readState(JSON.stringify(room({ v: 3 })))?.v).toBe(3);
});

test("halls are known by the identity before the dot; stations and recorders are no halls", () => {
  expect(hallOf("p7.12")).toBe("p7");
  for (const identity of ["s4.ab", "r.9", "p.1", "px.1", ""]) expect(hallOf(identity)).toBeNull();
});

test("the reception is over when closed and when sealed", () => {
  expect(["ready", "open", "paused", "closed", "sealed"].map((phase) => ended(room({ phase: phase as "open" })))).toEqual([
    false, false, false, true, true,
  ]);
});

test.each([
  ["the centre always", room(), "p5", true],
  ["the centre before the opening", room({ phase: "ready" }), "p5", true],
  ["the centre in a pause", room({ phase: "paused" }), "p5", true],
  ["the locked centre", room({ halls: [hall("p5", { central: true, locked: true })] }), "p5", false],
  ["a hall without the floor", room(), "p7", false],
  ["the hall with the floor", room({ floor: floor("p7") }), "p7", true],
  ["the hall with the floor in a pause", room({ floor: floor("p7"), phase: "paused" }), "p7", false],
  ["the locked hall with the floor", room({ floor: floor("p7"), halls: [hall("p7", { locked: true })] }), "p7", false],
  ["a removed hall", room({ floor: floor("p7"), halls: [hall("p7", { removed: true })] }), "p7", false],
] as const)("who may speak: %s", (_, state, key, expected) => {
  const one = findHall(state, key);
  expect(one && maySpeak(state, one)).toBe(expected);
});
