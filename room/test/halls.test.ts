import { expect, test } from "vitest";
import { findHall } from "../src/state";
import { hallCode, microphoneCode, stagePlan, TILES } from "../src/halls";
import { HALL_WORDS, pointName, recorderWords } from "../src/words";
import { floor, hall, many, present, room } from "./cast";

test.each([
  ["away", room(), undefined, false, true],
  ["dropped", room(), undefined, true, true],
  ["inside", room(), present(), true, true],
  ["weak", room(), present({ weak: true }), true, true],
  ["floor", room({ floor: floor("p7") }), present({ weak: true }), true, true],
  ["dropped", room({ floor: floor("p7") }), undefined, true, true],
  ["unknown", room(), undefined, true, false],
  ["removed", room({ halls: [hall("p7", { removed: true })] }), present(), true, true],
] as const)("a hall is %s", (code, state, presence, seen, known) => {
  const one = findHall(state, "p7");
  expect(one && hallCode(state, one, presence, seen, known)).toBe(code);
  expect(HALL_WORDS[code].word).not.toBe("");
});

test.each([
  ["live", room({ floor: floor("p7") }), present({ microphone: "live" })],
  ["silent", room({ floor: floor("p7") }), present({ microphone: "muted" })],
  ["silent", room({ floor: floor("p7") }), present()],
  ["locked", room(), present()],
  ["none", room(), undefined],
] as const)("its microphone is %s", (code, state, presence) => {
  const one = findHall(state, "p7");
  expect(one && microphoneCode(state, one, presence)).toBe(code);
});

test("large is who has the floor, else the centre; a point does not see itself among the others", () => {
  expect(stagePlan(room(), null, 0)).toMatchObject({ main: "p5", strip: ["p7", "p8"] });
  expect(stagePlan(room({ floor: floor("p7") }), null, 0)).toMatchObject({ main: "p7", strip: ["p5", "p8"] });
  expect(stagePlan(room({ floor: floor("p7") }), "p7", 0)).toMatchObject({ main: "p5", strip: ["p8"] });
  expect(stagePlan(room({ floor: floor("p7") }), "p5", 0)).toMatchObject({ main: "p7", strip: ["p8"] });
  expect(stagePlan(room(), "p5", 0)).toMatchObject({ main: "p7", strip: ["p8"] });
  expect(stagePlan(room({ halls: [] }), null, 0)).toEqual({ main: null, strip: [], page: 0, pages: 1 });
});

test("nine halls stand on one page, the tenth makes a second", () => {
  expect(stagePlan(many(TILES), null, 0)).toMatchObject({ pages: 1 });
  const first = stagePlan(many(10), null, 0);
  expect(first).toMatchObject({ pages: 2, page: 0 });
  expect(first.strip).toHaveLength(TILES - 1);
  expect(stagePlan(many(10), null, 1).strip).toEqual(["p18"]);
  expect(stagePlan(many(10), null, 7).page).toBe(1);
  expect(stagePlan(many(10), null, -1).page).toBe(0);
});

test("the centre is on every page while another hall is large, and no page exceeds nine", () => {
  const state = { ...many(30), floor: floor("p12") };
  const plans = [0, 1, 2, 3].map((page) => stagePlan(state, null, page));
  const shown = plans.flatMap(({ strip }) => strip.filter((key) => key !== "p5"));
  expect(new Set(shown).size).toBe(28);
  expect(shown).toHaveLength(28);
  for (const plan of plans) {
    expect(plan.main).toBe("p12");
    expect(plan.strip[0]).toBe("p5");
    expect(plan.strip.length + 1).toBeLessThanOrEqual(TILES);
  }
});

test("the recorder light says shape, words and count", () => {
  const light = (running: number) => recorderWords(room({ recording: { running, wanted: 2 } }));
  expect(light(2)).toEqual({ text: "● ĐANG GHI 2/2 máy ghi", tone: "ok" });
  expect(light(1)).toEqual({ text: "▲ Đang ghi 1/2 máy ghi", tone: "warn" });
  expect(light(0)).toEqual({ text: "■ Không có máy ghi 0/2", tone: "danger" });
  expect(recorderWords(room({ phase: "ready", recording: { running: 0, wanted: 2 } })).tone).toBe("quiet");
});

test("a point is named once", () => {
  expect(pointName("Xã Thanh Lộc")).toBe("điểm cầu Xã Thanh Lộc");
  expect(pointName("Điểm cầu trung tâm")).toBe("điểm cầu trung tâm");
});
