// Reads what the recorder writes: one track, whole clusters of known size. Only needed where a browser's Media Source takes the
// codec but not the wrapping (H.264 in Matroska); everything else is handed over unread.

export interface Frame {
  /** Milliseconds of media time. */
  readonly time: number;
  readonly key: boolean;
  readonly data: Uint8Array;
}

export interface Track {
  readonly width: number;
  readonly height: number;
  readonly secret: Uint8Array; // CodecPrivate
}

const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const ENTRY = 0xae;
const VIDEO = 0xe0;
const WIDTH = 0xb0;
const HEIGHT = 0xba;
const PRIVATE = 0x63a2;
const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const INSIDE = new Set([SEGMENT, TRACKS, ENTRY, VIDEO]);

interface Element { readonly id: number; readonly from: number; readonly to: number }

/** The elements between two offsets, one level deep. An unknown size reaches to the end. */
function* elements(bytes: Uint8Array, from: number, to: number): Generator<Element> {
  let at = from;
  while (at < to) {
    const idLength = lengthOf(bytes[at] ?? 0);
    const id = uint(bytes, at, idLength);
    const sizeLength = lengthOf(bytes[at + idLength] ?? 0);
    // The marker bit goes first: with it an eight-byte size would no longer fit into a number.
    const top = (bytes[at + idLength] ?? 0) & (0xff >> sizeLength);
    const size = top * 256 ** (sizeLength - 1) + uint(bytes, at + idLength + 1, sizeLength - 1);
    const unknown = size >= 2 ** (7 * sizeLength) - 1;
    const start = at + idLength + sizeLength;
    const end = unknown ? to : Math.min(start + size, to);
    if (idLength > 4 || sizeLength > 8 || start > to) return;
    yield { id, from: start, to: end };
    at = end;
  }
}

function lengthOf(first: number): number {
  return first === 0 ? 9 : Math.clz32(first) - 23;
}

function uint(bytes: Uint8Array, from: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i += 1) value = value * 256 + (bytes[from + i] ?? 0);
  return value;
}

export function readTrack(header: Uint8Array): Track {
  const found = { width: 0, height: 0, secret: new Uint8Array(0) };
  const walk = (from: number, to: number): void => {
    for (const { id, from: start, to: end } of elements(header, from, to)) {
      if (INSIDE.has(id)) walk(start, end);
      else if (id === WIDTH) found.width = uint(header, start, end - start);
      else if (id === HEIGHT) found.height = uint(header, start, end - start);
      else if (id === PRIVATE) found.secret = header.slice(start, end);
    }
  };
  walk(0, header.length);
  return found;
}

export function readFrames(clusters: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  for (const cluster of elements(clusters, 0, clusters.length)) {
    if (cluster.id !== CLUSTER) continue;
    let base = 0;
    for (const { id, from, to } of elements(clusters, cluster.from, cluster.to)) {
      if (id === TIMESTAMP) base = uint(clusters, from, to - from);
      if (id !== SIMPLE_BLOCK || to - from < 4) continue;
      // track number (one byte: there is one track), signed relative time, flags
      const relative = (uint(clusters, from + 1, 2) << 16) >> 16;
      frames.push({ time: base + relative, key: ((clusters[from + 3] ?? 0) & 0x80) !== 0, data: clusters.subarray(from + 4, to) });
    }
  }
  return frames;
}
