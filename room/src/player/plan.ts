// Decides which clusters a deck reads next. Pure: playlist + what is read already + where the play head is.
import { runsOf, spanFrom, type Span } from "./chain";
import { clusterAt, endOf, keyBefore, offsetOf, timeOf } from "./clusters";
import type { TakeFile } from "./index";

/** What a deck has taken so far, in one uninterrupted row. */
export interface Cursor {
  readonly file: TakeFile;
  /** The next cluster of that file. */
  readonly next: number;
  /** The file's `wall` that was used; a refined one needs a new start at a key cluster. */
  readonly wall: number;
  readonly until: number;
}

export interface Piece {
  readonly file: TakeFile;
  readonly first: number;
  readonly end: number;
  readonly wall: number;
  /** The file's header has to be given again. */
  readonly fresh: boolean;
  /** Byte range [from, to). */
  readonly from: number;
  readonly to: number;
  readonly cursor: Cursor;
}

const MAX_BYTES = 3_000_000;
/** A frame: smaller corrections of the time are taken up at the next file. */
const SHIFT = 0.03;

export interface Wish {
  /** Play head, unix seconds. */
  readonly time: number;
  /** How many seconds to have beyond it. */
  readonly ahead: number;
  /** Seconds of media in one request. */
  readonly seconds: number;
}

export function plan(spans: readonly Span[], cursor: Cursor | null, wish: Wish): Piece | null {
  const limit = wish.time + wish.ahead;
  const same = cursor && Math.abs(cursor.file.wall - cursor.wall) < SHIFT ? going(spans, cursor) : undefined;
  if (cursor && same) {
    if (cursor.wall + timeOf(same.file.clusters, cursor.next) > limit) return null;
    return piece(same, cursor.next, cursor.wall, false, wish);
  }
  let time = cursor ? Math.max(cursor.until, wish.time) : wish.time;
  for (;;) {
    const span = spanFrom(spans, time);
    if (!span || span.from > limit) return null;
    const used = cursor && cursor.file === span.file && cursor.next >= span.end && cursor.wall === span.file.wall;
    if (!used) {
      const moment = Math.max(time, span.from) - span.file.wall;
      const key = keyBefore(span.file.clusters, clusterAt(span.file.clusters, moment), span.first);
      return piece(span, Math.max(key, span.first), span.file.wall, true, wish);
    }
    if (span.to <= time) return null;
    time = span.to;
  }
}

/** The span in which the cursor simply goes on. */
function going(spans: readonly Span[], cursor: Cursor): Span | undefined {
  if (cursor.next >= cursor.file.clusters.count) return undefined;
  const moment = cursor.file.wall + timeOf(cursor.file.clusters, cursor.next);
  const span = spanFrom(spans, moment);
  if (span?.file !== cursor.file || cursor.next < span.first || cursor.next >= span.end) return undefined;
  return moment - cursor.until < 1.5 ? span : undefined;
}

function piece(span: Span, first: number, wall: number, fresh: boolean, wish: Wish): Piece {
  const { file } = span;
  const { clusters } = file;
  const start = offsetOf(clusters, first);
  const goal = timeOf(clusters, first) + wish.seconds;
  let end = first + 1;
  // A start at a key cluster before the play head has to reach the play head at least.
  const needed = fresh ? wish.time - wall + 0.5 : -Infinity;
  while (
    end < span.end && (timeOf(clusters, end) < goal || timeOf(clusters, end) < needed)
    && endOf(clusters, end) - start <= MAX_BYTES
  ) end += 1;
  const until = end < clusters.count && end < span.end ? wall + timeOf(clusters, end) : runEnd(file, end) - file.wall + wall;
  return {
    file, first, end, wall, fresh, from: start, to: endOf(clusters, end - 1),
    cursor: { file, next: end, wall, until },
  };
}

function runEnd(file: TakeFile, end: number): number {
  for (const run of runsOf(file)) if (end <= run.end) return run.end === end ? run.to : file.wall + timeOf(file.clusters, end);
  return file.wall;
}
