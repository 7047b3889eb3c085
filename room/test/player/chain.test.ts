import { describe, expect, it } from "vitest";
import { gapsOf, merge, presence, runsOf } from "../../src/player/chain";
import { addCluster, isKey } from "../../src/player/clusters";
import { brief, file } from "./build";

const none = new Set<string>();

describe("runs of one file", () => {
  it("is one run when nothing is missing", () => {
    expect(brief(runsOf(file({ wall: 100, seconds: 60 })))).toBe("a 100-160");
  });
  it("is cut at a hole and goes on at the next key cluster", () => {
    const runs = runsOf(file({ wall: 100, seconds: 30, hole: [10, 14] }));
    expect(brief(runs)).toBe("a 100-110, a 115-130");
    expect(isKey(runs[1]!.file.clusters, runs[1]!.first)).toBe(true);
  });
  it("guesses the end of a file that still grows from its last clusters", () => {
    expect(brief(runsOf(file({ wall: 100, seconds: 5, closed: false })))).toBe("a 100-105");
  });
  it("sees new clusters and a refined time of the same file", () => {
    const growing = file({ wall: 100, seconds: 5, closed: false });
    runsOf(growing);
    addCluster(growing.clusters, 5300, 1000, 5000, false);
    expect(brief(runsOf(growing))).toBe("a 100-106");
    growing.wall = 100.25;
    expect(brief(runsOf(growing))).toBe("a 100.25-106.25");
  });
  it("has no run while no key cluster has come", () => {
    const deaf = file({ wall: 100, seconds: 0, closed: false });
    addCluster(deaf.clusters, 300, 1000, 0, false);
    expect(runsOf(deaf)).toEqual([]);
  });
});

describe("joining takes", () => {
  it("plays the files of one take one after the other without gaps", () => {
    const spans = merge([file({ wall: 160.04, seconds: 60 }), file({ wall: 100, seconds: 60 })], none);
    expect(brief(spans)).toBe("a 100-160.04, a 160.04-220.04");
    expect(gapsOf(spans, 100, 220, false)).toEqual([]);
  });

  it("fills a gap of one recorder from the other one, entering at a key cluster", () => {
    const spans = merge([
      file({ take: "a", wall: 100, seconds: 20 }), file({ take: "a", wall: 130, seconds: 30 }),
      file({ take: "b", wall: 101, seconds: 45 }),
    ], none);
    // b goes on longest from the beginning of a's hole; a takes over where b ends.
    expect(brief(spans)).toBe("a 100-120, b 120-146, a 146-160");
    const second = spans[1]!;
    expect(isKey(second.file.clusters, second.first)).toBe(true);
    expect(second.file.wall + 18).toBeLessThanOrEqual(120);
    expect(second.first).toBe(18);
    expect(gapsOf(spans, 100, 160, false)).toEqual([]);
  });

  it("leaves a gap that no recorder can fill", () => {
    const spans = merge([
      file({ take: "a", wall: 100, seconds: 20 }), file({ take: "a", wall: 130, seconds: 30 }),
      file({ take: "b", wall: 100, seconds: 22 }), file({ take: "b", wall: 128, seconds: 30 }),
    ], none);
    expect(gapsOf(spans, 100, 158, false)).toEqual([{ from: 122, to: 128 }]);
  });

  it("continues a dead take with the one after it", () => {
    const spans = merge([
      file({ take: "a1", wall: 100, seconds: 40, closed: false }), file({ take: "a2", wall: 145.5, seconds: 60 }),
    ], none);
    expect(brief(spans)).toBe("a1 100-140, a2 145.5-205.5");
    expect(gapsOf(spans, 100, 205.5, false)).toEqual([{ from: 140, to: 145.5 }]);
  });

  it("stays with one recorder while both have everything", () => {
    const takes = ["a", "b"].flatMap((take) => [0, 60, 120].map((at) => file({ take, wall: 100 + at, seconds: 60 })));
    expect(new Set(merge(takes, none).map((span) => span.file.take)).size).toBe(1);
  });

  it("changes to the recorder with the wider picture at a file's end", () => {
    const spans = merge([
      file({ take: "a", wall: 100, seconds: 60 }), file({ take: "a", wall: 160, seconds: 60, width: 320 }),
      file({ take: "b", wall: 100, seconds: 60 }), file({ take: "b", wall: 160, seconds: 60 }),
    ], none);
    expect(spans.at(-1)!.file.width).toBe(1280);
    expect(brief(spans)).toMatch(/160-220$/);
  });

  it("keeps files of another size or codec as spans of their own", () => {
    const spans = merge([
      file({ wall: 100, seconds: 20, width: 1280 }), file({ wall: 120, seconds: 20, width: 320 }),
      file({ wall: 140, seconds: 20, codec: "h264" }),
    ], none);
    expect(spans.map((span) => `${span.file.codec} ${span.file.width}`)).toEqual(["vp8 1280", "vp8 320", "h264 1280"]);
  });

  it("moves with refined times", () => {
    const moved = file({ wall: 100, seconds: 60 });
    moved.wall = 100.3;
    expect(brief(merge([moved], none))).toBe("a 100.3-160.3");
  });
});

describe("while a take grows", () => {
  const pair = (behind: number): ReturnType<typeof file>[] => [
    file({ take: "a", wall: 100, seconds: 30, closed: false }),
    file({ take: "b", wall: 100, seconds: 30 + behind, closed: false }),
  ];
  it("waits for the same recorder when it is only a little behind", () => {
    const [a, b] = pair(1);
    const wide = { ...a!, width: 1920 }; // so it is the one that is played
    expect(brief(merge([wide, b!], new Set(["a", "b"])))).toBe("a 100-130");
  });
  it("changes over when it has fallen far behind", () => {
    const [a, b] = pair(5);
    expect(brief(merge([{ ...a!, width: 1920 }, b!], new Set(["a", "b"])))).toBe("a 100-130, b 130-135");
  });
  it("changes over at once when it no longer runs", () => {
    const [a, b] = pair(1);
    expect(brief(merge([{ ...a!, width: 1920 }, b!], new Set(["b"])))).toBe("a 100-130, b 130-131");
  });
  it("does not call the newest moments a gap", () => {
    const spans = merge([file({ wall: 100, seconds: 30, closed: false })], new Set(["a"]));
    expect(presence(spans, 129, 132, true)).toBe("here");
    expect(presence(spans, 131, 132, true)).toBe("pending");
    expect(presence(spans, 131, 140, true)).toBe("gap");
    expect(presence(spans, 131, 132, false)).toBe("gap");
    expect(gapsOf(spans, 100, 132, true)).toEqual([]);
    expect(gapsOf(spans, 100, 140, true)).toEqual([{ from: 130, to: 140 }]);
  });
});
