// One media element fed from a playlist: reads byte ranges, appends them on the common time axis, drops what is behind.
// Media time = unix seconds − base, the same for all decks. The recorder's bytes are given to the browser as they are.
import { append, isFull, mimeOf, rangeAt, remove } from "./buffer";
import type { Span } from "./chain";
import type { TakeFile } from "./index";
import { readFrames, readTrack } from "./matroska";
import { initSegment, mediaSegment } from "./mp4";
import { plan, type Cursor, type Piece } from "./plan";
import type { Queue } from "./queue";

export type DeckState = "ready" | "hole" | "loading";

export interface Deck {
  readonly media: HTMLMediaElement;
  /** Called about ten times a second: starts the next read when one is due. */
  feed(spans: readonly Span[], time: number, ahead: number): void;
  state(time: number): DeckState;
  /** Seconds of media ready after `time`. */
  ready(time: number): number;
  toMedia(time: number): number;
  toTime(media: number): number;
  /** The play head was moved: keeps what can be used. */
  jump(time: number): void;
  /** Sentence for the person, "" when all is well. */
  trouble(): string;
  close(): void;
}

// Finite and long: with an endless duration the browser would let us seek only inside what is buffered.
const DURATION = 14 * 24 * 3600;
const BEHIND = 12;
/** Seconds before a hole in which the browser may not find the frames that it needs to end a seek. */
const LAST_FRAMES = 0.5;
const FIRST_SECONDS = 2;
const NEXT_SECONDS = 4;

export function openDeck(media: HTMLMediaElement, base: number, queue: Queue, bonus = 0): Deck {
  const headers = new Map<string, Uint8Array<ArrayBuffer>>();
  let source = new MediaSource();
  let buffer: SourceBuffer | null = null;
  let type = "";
  let cursor: Cursor | null = null;
  let busy = false;
  let wipe = false;
  let generation = 0;
  let stop = new AbortController();
  let head = 0;
  let failures = 0;
  let notBefore = 0; // machine ms
  let skipUntil = 0; // unix: what comes earlier cannot be decoded
  let brokenAt: number | null = null;
  let message = "";
  let closed = false;

  const attach = (): void => {
    source = new MediaSource();
    buffer = null;
    type = "";
    const url = URL.createObjectURL(source);
    source.addEventListener("sourceopen", () => URL.revokeObjectURL(url), { once: true });
    media.src = url;
  };

  const restart = (): void => {
    generation += 1;
    stop.abort();
    stop = new AbortController();
    cursor = null;
  };

  /** The browser could not decode: once more with a new source, the second time a few seconds further on. */
  const rebuild = (): void => {
    if (closed) return;
    restart();
    if (brokenAt !== null && Math.abs(head - brokenAt) < 8) skipUntil = head + 4;
    brokenAt = head;
    wipe = false;
    attach();
  };
  media.addEventListener("error", rebuild);

  const prepare = async (file: TakeFile): Promise<SourceBuffer> => {
    if (source.readyState !== "open") {
      await new Promise((resolve) => source.addEventListener("sourceopen", resolve, { once: true }));
    }
    const wanted = mimeOf(file.source, file.codec);
    if (!buffer) {
      buffer = source.addSourceBuffer(wanted);
      source.duration = DURATION;
    } else if (wanted !== type) {
      buffer.abort();
      buffer.changeType(wanted);
    }
    type = wanted;
    return buffer;
  };

  const load = async (piece: Piece): Promise<Uint8Array<ArrayBuffer>[]> => {
    const { file } = piece;
    const urgency = (): number => piece.cursor.until - head - bonus;
    const get = (from: number, to: number): Promise<Uint8Array<ArrayBuffer>> =>
      queue.get({ url: file.url, from, to, urgency, signal: stop.signal });
    if (!piece.fresh) return dressed(file, null, await get(piece.from, piece.to));
    const known = headers.get(file.key);
    if (!known && piece.from === file.header) {
      const both = await get(0, piece.to);
      return dressed(file, both.slice(0, file.header), both.slice(file.header));
    }
    const [header, body] = await Promise.all([known ?? get(0, file.header), get(piece.from, piece.to)]);
    headers.clear();
    headers.set(file.key, header);
    return dressed(file, header, body);
  };

  const tidy = async (behind: number): Promise<void> => {
    if (!buffer || buffer.buffered.length === 0) return;
    if (wipe) {
      await remove(buffer, 0, DURATION);
      wipe = false;
      return;
    }
    const end = head - base - behind;
    if (buffer.buffered.start(0) < end - 4) await remove(buffer, 0, end);
  };

  const step = async (piece: Piece): Promise<void> => {
    const mine = generation;
    const parts = await load(piece);
    if (mine !== generation) return;
    const target = await prepare(piece.file);
    if (mine !== generation || buffer !== target) return;
    await tidy(BEHIND);
    if (mine !== generation || buffer !== target) return;
    if (piece.fresh) {
      // The file before may have been cut in the middle of a cluster: the parser has to forget it.
      target.abort();
      target.timestampOffset = piece.wall - base;
    }
    for (const part of parts) await append(target, part);
    if (mine === generation) cursor = piece.cursor;
  };

  const failed = async (error: unknown): Promise<void> => {
    failures += 1;
    if (isFull(error)) {
      await tidy(2).catch(() => undefined);
      notBefore = performance.now() + 1000;
      return;
    }
    notBefore = performance.now() + Math.min(500 * 2 ** (failures - 1), 4000);
    if (failures >= 2) message = "Chưa tải được hình, đang thử lại…";
  };

  const feed = (spans: readonly Span[], time: number, ahead: number): void => {
    head = time;
    if (busy || closed || performance.now() < notBefore) return;
    const wish = { time: Math.max(time, skipUntil), ahead, seconds: cursor ? NEXT_SECONDS : FIRST_SECONDS };
    const piece = plan(spans, cursor, wish);
    if (!piece) return;
    const wanted = mimeOf(piece.file.source, piece.file.codec);
    if (!MediaSource.isTypeSupported(wanted)) {
      message = `Trình duyệt không phát được loại tệp ${piece.file.codec}. Có thể tải tệp về để xem.`;
      return;
    }
    busy = true;
    const mine = generation;
    step(piece)
      .then(() => { failures = 0; message = ""; })
      .catch((error: unknown) => (mine === generation ? failed(error) : undefined))
      .finally(() => { busy = false; });
  };

  const state = (time: number): DeckState => {
    if (time < skipUntil) return "hole";
    if (wipe || !buffer || media.error) return "loading";
    const range = rangeAt(buffer.buffered, time - base, 0.05);
    if (range) return endsSoon(buffer.buffered, range.to, time - base) ? "hole" : "ready";
    // Everything there is for this moment was given, yet there is no frame: a loss smaller than the index can tell.
    return cursor && cursor.until > time - 0.02 && firstBuffered(buffer) <= time - base ? "hole" : "loading";
  };

  const ready = (time: number): number => {
    if (!buffer || wipe) return 0;
    const range = rangeAt(buffer.buffered, time - base, 0.05);
    return range ? range.to - (time - base) : 0;
  };

  const jump = (time: number): void => {
    head = time;
    notBefore = 0;
    failures = 0;
    if (state(time) === "ready") return;
    restart();
    wipe = buffer !== null;
  };

  const close = (): void => {
    closed = true;
    restart();
    media.removeEventListener("error", rebuild);
    media.pause();
    media.removeAttribute("src");
    media.load();
  };

  attach();
  return {
    media, feed, state, ready, jump, close,
    toMedia: (time) => time - base,
    toTime: (at) => at + base,
    trouble: () => message,
  };
}

/** Bytes for the browser: as recorded, or newly wrapped where it would not take the wrapping. */
function dressed(
  file: TakeFile, header: Uint8Array<ArrayBuffer> | null, body: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer>[] {
  if (file.codec !== "h264") return header ? [header, body] : [body];
  const media = mediaSegment(readFrames(body));
  return header ? [initSegment(readTrack(header)), media] : [media];
}

/** Just before a hole a browser cannot end a seek: it wants some frames more than there are. Who plays, plays on. */
function endsSoon(ranges: TimeRanges, end: number, time: number): boolean {
  const more = ranges.length > 0 && ranges.start(ranges.length - 1) > end;
  return more && end - time < LAST_FRAMES;
}

function firstBuffered(buffer: SourceBuffer): number {
  return buffer.buffered.length > 0 ? buffer.buffered.start(0) : Infinity;
}
