import { describe, expect, it } from "vitest";
import { readFrames, readTrack } from "../../src/player/matroska";
import { initSegment, mediaSegment } from "../../src/player/mp4";

const bytes = (...parts: (number[] | Uint8Array)[]): Uint8Array => new Uint8Array(parts.flatMap((part) => [...part]));
/** An element with the given width of its size field: writers choose it freely. */
const element = (id: number[], body: Uint8Array | number[], width = 1): Uint8Array => {
  const size = Array.from({ length: width }, (_, i) => Math.floor(body.length / 256 ** (width - 1 - i)) % 256);
  size[0] = (size[0] ?? 0) | (0x80 >> (width - 1));
  return bytes(id, size, body);
};
const UNKNOWN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const SECRET = [1, 0x42, 0xe0, 0x1f, 0xff, 0xe1, 0, 1, 0x67, 1, 0, 1, 0x68];

const header = (width: number): Uint8Array => bytes(
  element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x86, 0x81, 1]), [0x18, 0x53, 0x80, 0x67], UNKNOWN,
  element([0x15, 0x49, 0xa9, 0x66], [], width),
  element([0x16, 0x54, 0xae, 0x6b], element([0xae], bytes(
    [0xd7, 0x81, 1], element([0xe0], [0xb0, 0x82, 0x05, 0x00, 0xba, 0x82, 0x02, 0xd0], width), element([0x63, 0xa2], SECRET),
  ), width), width),
);
const block = (relative: number, key: boolean, data: number[]): Uint8Array =>
  element([0xa3], [0x81, (relative >> 8) & 0xff, relative & 0xff, key ? 0x80 : 0, ...data]);
const cluster = (time: number, ...blocks: Uint8Array[]): Uint8Array =>
  element([0x1f, 0x43, 0xb6, 0x75], bytes([0xe7, 0x82, time >> 8, time & 0xff], ...blocks), 8);

/** Names and sizes of the boxes of one level. */
function boxes(data: Uint8Array): [string, number][] {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const list: [string, number][] = [];
  for (let at = 0; at < data.length; at += view.getUint32(at)) {
    list.push([String.fromCharCode(...data.subarray(at + 4, at + 8)), view.getUint32(at)]);
  }
  return list;
}

describe("reading the recorder's wrapping", () => {
  it.each([1, 4, 8])("finds size and codec data, sizes %i bytes wide", (width) => {
    const track = readTrack(header(width));
    expect([track.width, track.height, [...track.secret]]).toEqual([1280, 720, SECRET]);
  });
  it("takes the frames of whole clusters with their times", () => {
    const frames = readFrames(bytes(
      cluster(1000, block(0, true, [1, 2, 3]), block(40, false, [4])), cluster(2000, block(-5, false, [5])),
    ));
    expect(frames.map((frame) => [frame.time, frame.key, [...frame.data]])).toEqual([
      [1000, true, [1, 2, 3]], [1040, false, [4]], [1995, false, [5]],
    ]);
  });
  it("comes to an end with rubbish", () => {
    expect(readFrames(new Uint8Array(100))).toEqual([]);
    expect(readFrames(new Uint8Array(100).fill(0xff))).toEqual([]);
    expect(readTrack(new Uint8Array([0x1a])).width).toBe(0);
  });
});

describe("wrapping as MP4", () => {
  it("begins with the description of the track", () => {
    const made = initSegment(readTrack(header(1)));
    expect(boxes(made).map(([name]) => name)).toEqual(["ftyp", "moov"]);
    const text = String.fromCharCode(...made);
    expect(text).toContain("avcC");
    expect(text.indexOf(String.fromCharCode(...SECRET))).toBe(text.indexOf("avcC") + 4);
  });
  it("holds each frame with its length, and says where the first byte of them is", () => {
    const frames = readFrames(cluster(1000, block(0, true, [9, 9, 9]), block(33, false, [8]), block(100, false, [7, 7])));
    const made = mediaSegment(frames);
    const [moof, mdat] = boxes(made);
    expect([moof![0], mdat![0], mdat![1]]).toEqual(["moof", "mdat", 8 + 6]);
    const view = new DataView(made.buffer);
    const trun = String.fromCharCode(...made).indexOf("trun") + 4;
    expect(view.getUint32(trun + 4)).toBe(3);
    const offset = view.getUint32(trun + 8);
    expect([...made.subarray(offset)]).toEqual([9, 9, 9, 8, 7, 7]);
    const rows = [0, 1, 2].map((i) => [view.getUint32(trun + 12 + i * 12), view.getUint32(trun + 16 + i * 12)]);
    expect(rows).toEqual([[33, 3], [67, 1], [67, 2]]);
    const tfdt = String.fromCharCode(...made).indexOf("tfdt") + 4;
    expect(view.getUint32(tfdt + 8)).toBe(1000);
  });
  it("is nothing for nothing", () => {
    expect(mediaSegment([]).length).toBe(0);
  });
});
