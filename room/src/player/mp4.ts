// Wraps H.264 frames as fragmented MP4, which every browser's Media Source takes. The pictures themselves are not touched.
// Camera pictures of a call have no reordered frames, so decoding order is showing order.
import type { Frame, Track } from "./matroska";

type Bytes = Uint8Array<ArrayBuffer>;

const SCALE = 1000; // milliseconds, as the recorder counts

function join(parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function numbers(size: 1 | 2 | 4, ...values: number[]): Bytes {
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    if (size === 4) view.setUint32(i * 4, value);
    else if (size === 2) view.setUint16(i * 2, value);
    else view.setUint8(i, value);
  });
  return bytes;
}

const u8 = (...values: number[]): Bytes => numbers(1, ...values);
const u16 = (...values: number[]): Bytes => numbers(2, ...values);
const u32 = (...values: number[]): Bytes => numbers(4, ...values);
const ascii = (word: string): Bytes => u8(...[...word].map((letter) => letter.charCodeAt(0)));

function box(name: string, ...parts: Uint8Array[]): Bytes {
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  return join([u32(size), ascii(name), ...parts]);
}

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

export function initSegment(track: Track): Bytes {
  const { width, height, secret } = track;
  const entry = box("avc1",
    u32(0), u16(0, 1), u32(0, 0, 0, 0), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), new Uint8Array(32),
    u16(0x18, 0xffff), box("avcC", secret));
  const tables = box("stbl",
    box("stsd", u32(0, 1), entry), box("stts", u32(0, 0)), box("stsc", u32(0, 0)), box("stsz", u32(0, 0, 0)), box("stco", u32(0, 0)));
  const media = box("mdia",
    box("mdhd", u32(0, 0, 0, SCALE, 0), u16(0x55c4, 0)),
    box("hdlr", u32(0, 0), ascii("vide"), u32(0, 0, 0), u8(0)),
    box("minf", box("vmhd", u32(1), u16(0, 0, 0, 0)), box("dinf", box("dref", u32(0, 1), box("url ", u32(1)))), tables));
  return join([
    box("ftyp", ascii("isom"), u32(0x200), ascii("isomiso6avc1mp41")),
    box("moov",
      box("mvhd", u32(0, 0, 0, SCALE, 0, 0x10000), u16(0x100, 0), u32(0, 0), MATRIX, u32(0, 0, 0, 0, 0, 0, 2)),
      box("trak",
        box("tkhd", u32(3, 0, 0, 1, 0, 0, 0, 0), u16(0, 0, 0, 0), MATRIX, u32(width * 65536, height * 65536)), media),
      box("mvex", box("trex", u32(0, 1, 1, 0, 0, 0)))),
  ]);
}

const KEY = 0x02000000;
const OTHER = 0x01010000;

/** One fragment. Its last frame is as long as the one before: when the next one begins is not known here. */
export function mediaSegment(frames: readonly Frame[]): Bytes {
  const first = frames[0];
  if (!first) return new Uint8Array(0);
  const rows = frames.flatMap((frame, i) => {
    const next = frames[i + 1]?.time;
    const before = frame.time - (frames[i - 1]?.time ?? frame.time - 40);
    return [Math.max(next === undefined ? before : next - frame.time, 1), frame.data.length, frame.key ? KEY : OTHER];
  });
  const moof = (offset: number): Bytes => box("moof",
    box("mfhd", u32(0, 1)),
    box("traf",
      box("tfhd", u32(0x020000, 1)), // offsets count from this moof
      box("tfdt", u32(0x01000000, Math.floor(first.time / 2 ** 32), first.time % 2 ** 32)),
      box("trun", u32(0x000701, frames.length, offset, ...rows))));
  const size = moof(0).length;
  return join([moof(size + 8), box("mdat", ...frames.map((frame) => frame.data))]);
}
