import { describe, expect, it } from "vitest";
import { bytesOf, newIndex, takeLines } from "../../src/player/index";
import { endOf, isKey, timeOf } from "../../src/player/clusters";
import { take } from "./build";

const encode = (...lines: unknown[]): Uint8Array => new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
const open = (id: number, wall: number): object => ({
  open: { id, file: "xã a/camera/1.webm", hall: "p7", point: "xa-a", source: "camera", codec: "vp8", width: 640, height: 360, header: 182, wall },
});

describe("reading the index", () => {
  it("takes files, clusters, times and ends", () => {
    const index = newIndex(take("a"));
    const bytes = encode(
      open(1, 100.5), { clusters: { 1: [[182, 1000, 0, 1], [1182, 900, 1000, 0]] } }, { wall: { 1: 100.75 } },
      { close: { id: 1, wall: 100.8, duration: 2.02, bytes: 2082 } },
    );
    expect(takeLines(index, bytes)).toBe(bytes.length);
    expect(index.read).toBe(bytes.length);
    const file = index.files.get(1)!;
    expect(file).toMatchObject({ hall: "p7", source: "camera", wall: 100.8, closed: true, duration: 2.02, bytes: 2082 });
    expect(file.url).toBe("/t/a/x%C3%A3%20a/camera/1.webm");
    expect([file.clusters.count, timeOf(file.clusters, 1), endOf(file.clusters, 1)]).toEqual([2, 1, 2082]);
    expect([isKey(file.clusters, 0), isKey(file.clusters, 1)]).toEqual([true, false]);
  });

  it("leaves a half line for the next time, wherever it is cut", () => {
    const bytes = encode(open(1, 100), { clusters: { 1: [[182, 1000, 0, 1]] } });
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const index = newIndex(take("a"));
      takeLines(index, bytes.subarray(0, cut));
      takeLines(index, bytes.subarray(index.read));
      expect(index.read).toBe(bytes.length);
      expect(index.files.get(1)!.clusters.count).toBe(1);
      expect(index.badLines).toBe(0);
    }
  });

  it("uses the newest estimate of the time", () => {
    const index = newIndex(take("a"));
    takeLines(index, encode(open(1, 100), { wall: { 1: 100.02 } }, { wall: { 1: 100.031, 9: 5 } }));
    expect(index.files.get(1)!.wall).toBe(100.031);
  });

  it("goes on after a spoiled line and after lines it does not know", () => {
    const index = newIndex(take("a"));
    takeLines(index, new TextEncoder().encode("{\"clusters\":\n"));
    takeLines(index, encode({ later: 1 }, open(2, 50)));
    expect(index.badLines).toBe(1);
    expect(index.files.size).toBe(1);
  });

  it("knows the size of a file that still grows", () => {
    const index = newIndex(take("a"));
    takeLines(index, encode(open(1, 100)));
    expect(bytesOf(index.files.get(1)!)).toBe(182);
    takeLines(index, encode({ clusters: { 1: [[182, 1000, 0, 1]] } }));
    expect(bytesOf(index.files.get(1)!)).toBe(1182);
  });

  it("keeps thousands of clusters", () => {
    const index = newIndex(take("a"));
    takeLines(index, encode(open(1, 100)));
    for (let i = 0; i < 5000; i += 1) takeLines(index, encode({ clusters: { 1: [[182 + i * 10, 10, i * 1000, 1]] } }));
    const { clusters } = index.files.get(1)!;
    expect([clusters.count, timeOf(clusters, 4999)]).toEqual([5000, 4999]);
  });
});
