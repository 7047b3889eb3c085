// Reads a take's index.jsonl, which grows while the take runs. Only whole lines are taken; the next request starts after the
// last whole line, so a torn last line (a recorder that died) may be cut by the recovery without harm.
import type { Source, Take } from "./catalogue";
import { addCluster, endOf, newClusters, trimClusters, type Clusters } from "./clusters";

export interface TakeFile {
  readonly key: string;
  readonly take: string;
  readonly recorder: string;
  readonly path: string;
  readonly url: string;
  readonly hall: string;
  readonly source: Source;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly header: number;
  readonly clusters: Clusters;
  /** UTC (unix seconds) of media time 0; refined while the file grows. */
  wall: number;
  closed: boolean;
  duration: number | null;
  bytes: number | null;
}

export interface TakeIndex {
  readonly take: Take;
  readonly files: Map<number, TakeFile>;
  /** Bytes taken so far, always at the end of a line. */
  read: number;
  badLines: number;
}

export function newIndex(take: Take): TakeIndex {
  return { take, files: new Map(), read: 0, badLines: 0 };
}

interface Line {
  open?: {
    id: number; file: string; hall: string; source: Source; codec: string;
    width?: number; height?: number; header: number; wall: number;
  };
  clusters?: Record<string, [number, number, number, number][]>;
  wall?: Record<string, number>;
  close?: { id: number; wall?: number; duration?: number; bytes?: number };
}

const decoder = new TextDecoder();
const NEWLINE = 10;

/** Takes the whole lines of `bytes` (which begin where the index was left) and returns how many bytes they were. */
export function takeLines(index: TakeIndex, bytes: Uint8Array): number {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end === 0) return 0;
  for (const line of decoder.decode(bytes.subarray(0, end)).split("\n")) {
    if (line === "") continue;
    try {
      apply(index, JSON.parse(line) as Line);
    } catch {
      // One spoiled line hides one flush, not the rest of the take.
      index.badLines += 1;
    }
  }
  index.read += end;
  return end;
}

function apply(index: TakeIndex, line: Line): void {
  if (line.clusters) {
    for (const id in line.clusters) {
      const file = index.files.get(Number(id));
      if (!file) continue;
      for (const [offset, length, time, key] of line.clusters[id] ?? []) {
        addCluster(file.clusters, offset, length, time, key === 1);
      }
    }
  }
  if (line.open) index.files.set(line.open.id, openFile(index.take, line.open));
  if (line.wall) {
    for (const id in line.wall) {
      const file = index.files.get(Number(id));
      const wall = line.wall[id];
      if (file && wall !== undefined && Number.isFinite(wall)) file.wall = wall;
    }
  }
  if (line.close) {
    const file = index.files.get(line.close.id);
    if (!file) return;
    file.closed = true;
    file.wall = line.close.wall ?? file.wall;
    file.duration = line.close.duration ?? null;
    file.bytes = line.close.bytes ?? null;
    trimClusters(file.clusters);
  }
}

function openFile(take: Take, open: NonNullable<Line["open"]>): TakeFile {
  return {
    key: `${take.id}/${open.id}`,
    take: take.id,
    recorder: take.recorder,
    path: open.file,
    url: take.base + open.file.split("/").map(encodeURIComponent).join("/"),
    hall: open.hall,
    source: open.source,
    codec: open.codec,
    width: open.width ?? 0,
    height: open.height ?? 0,
    header: open.header,
    clusters: newClusters(),
    wall: open.wall,
    closed: false,
    duration: null,
    bytes: null,
  };
}

/** Bytes of a file as far as the index tells. */
export function bytesOf(file: TakeFile): number {
  return file.bytes ?? (file.clusters.count > 0 ? endOf(file.clusters, file.clusters.count - 1) : file.header);
}

const TOO_LONG = 60_000;

/** Reads what was added since the last time. True when something new was taken. `onLines` runs as parts arrive. */
export async function readMore(index: TakeIndex, onLines: () => void): Promise<boolean> {
  // From the last known byte on: a range with nothing in it would be an error (416) in the console each second.
  const from = Math.max(index.read - 1, 0);
  const answer = await fetch(index.take.index, {
    headers: { Range: `bytes=${from}-` }, cache: "no-store", signal: AbortSignal.timeout(TOO_LONG),
  });
  if (answer.status === 416) return false;
  if (answer.status === 404 && index.read === 0) return false; // the recorder has not written its first line yet
  if (!answer.ok || !answer.body) throw new Error(`index: ${answer.status}`);
  // A server that ignores ranges sends everything: what is known already is skipped.
  let skip = answer.status === 206 ? index.read - from : index.read;
  let rest = new Uint8Array(0);
  const before = index.read;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const fresh = skip > 0 ? value.subarray(Math.min(skip, value.length)) : value;
    skip -= value.length - fresh.length;
    const joined = rest.length === 0 ? fresh : concat(rest, fresh);
    const used = takeLines(index, joined);
    rest = joined.slice(used);
    if (used > 0) onLines();
  }
  return index.read > before;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
