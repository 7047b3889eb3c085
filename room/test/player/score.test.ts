import { describe, expect, it } from "vitest";
import { compose, floorsOf, pausesOf, speaking } from "../../src/player/score";
import { clockText, dateText, lengthText, lengthWords, offsetText, sizeText } from "../../src/player/time";
import { catalogue, file, mark, take } from "./build";

const all = { recorder: null, preroll: false };

describe("the range", () => {
  const files = [file({ wall: 980, seconds: 140 }), file({ hall: "p2", wall: 985, seconds: 30 }), file({ hall: "p2", wall: 1030, seconds: 60 })];
  it("runs from the opening to the closing, and shows what is missing in between", () => {
    const score = compose(catalogue({}), files, all)!;
    expect([score.start, score.end]).toEqual([1000, 1100]);
    expect(score.parts[0]!.gaps).toEqual([]);
    expect(score.parts[1]!.gaps).toEqual([{ from: 1015, to: 1030 }, { from: 1090, to: 1100 }]);
  });
  it("begins with the first recorded moment when asked to", () => {
    expect(compose(catalogue({}), files, { ...all, preroll: true })!.start).toBe(980);
  });
  it("is nothing before the opening unless asked for", () => {
    const early = catalogue({ opened_at: null, closed_at: null });
    expect(compose(early, files, all)).toBe(null);
    expect(compose(early, files, { ...all, preroll: true })!.start).toBe(980);
  });
  it("is nothing without files", () => {
    expect(compose(catalogue({}), [], all)).toBe(null);
  });
  it("grows while the reception runs", () => {
    const live = catalogue({ closed_at: null, live: true, takes: [take("a", "recording")] });
    const score = compose(live, [file({ wall: 990, seconds: 50, closed: false })], all)!;
    expect([score.live, score.edge, score.end]).toEqual([true, 1040, 1040]);
  });
  it("shows one recorder alone with its own gaps", () => {
    const both = [file({ take: "a", wall: 990, seconds: 30 }), file({ take: "b", wall: 990, seconds: 120 })];
    expect(compose(catalogue({}), both, all)!.parts[0]!.gaps).toEqual([]);
    expect(compose(catalogue({}), both, { ...all, recorder: "a" })!.parts[0]!.gaps).toEqual([{ from: 1020, to: 1100 }]);
  });
});

describe("who speaks", () => {
  const marks = [
    mark(1010, "floor", "p2"), mark(1030, "floor_end"), mark(1050, "floor", "p2"), mark(1060, "floor", "p1"),
    mark(1070, "paused"), mark(1080, "resumed"), mark(1100, "closed"),
  ];
  it("holds the floor until its end, the next one's turn or the closing", () => {
    expect(floorsOf(marks, 1100).map((floor) => [floor.from, floor.to, floor.hall])).toEqual([
      [1010, 1030, "p2"], [1050, 1060, "p2"], [1060, 1100, "p1"],
    ]);
    expect(pausesOf(marks, 1100).map((pause) => [pause.from, pause.to])).toEqual([[1070, 1080]]);
    expect(pausesOf([mark(1070, "paused")], 1090).map((pause) => pause.to)).toEqual([1090]);
  });
  it("is the centre when nobody has the floor", () => {
    const score = compose(catalogue({ marks }), [file({ wall: 990, seconds: 120 })], all)!;
    expect([1005, 1010, 1029.9, 1030, 1055].map((at) => speaking(score, at))).toEqual(["p1", "p2", "p2", "p1", "p2"]);
  });
  it("misses sound only where it was due", () => {
    const files = [
      file({ wall: 990, seconds: 120 }), file({ source: "microphone", wall: 990, seconds: 120, key: 1 }),
      file({ hall: "p2", source: "microphone", wall: 1011, seconds: 9, key: 1 }),
    ];
    const score = compose(catalogue({ marks: marks.slice(0, 2) }), files, all)!;
    expect(score.parts[0]!.silences).toEqual([]);
    expect(score.parts[1]!.silences).toEqual([{ from: 1020, to: 1030 }]);
  });
});

describe("words", () => {
  it("tell time in Vietnam", () => {
    const at = Date.parse("2026-12-17T01:30:05Z") / 1000;
    expect(clockText(at)).toBe("08:30:05");
    expect(dateText(at)).toBe("thứ Năm 17/12/2026");
    expect(dateText(Date.parse("2026-12-19T17:00:00Z") / 1000)).toBe("Chủ nhật 20/12/2026");
    expect(clockText(Date.parse("2026-12-16T17:00:00Z") / 1000)).toBe("00:00:00");
  });
  it("tell lengths and sizes", () => {
    expect(lengthText(2530)).toBe("00:42:10");
    expect([offsetText(61.9), offsetText(-61.9)]).toEqual(["+00:01:01", "−00:01:01"]);
    expect([2.54, 42, 185, 3725].map(lengthWords)).toEqual(["2,5 giây", "42 giây", "3 phút 05 giây", "1 giờ 02 phút"]);
    expect([0, 999, 1500, 123_456_789].map(sizeText)).toEqual(["0 B", "999 B", "1,5 kB", "123 MB"]);
  });
});
