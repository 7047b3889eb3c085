// Joins the files of one hall and source, from one or more takes, into one playlist on the UTC axis. Pure.
// Where one recorder has a hole and another has not, the other one is played; what nobody has is a gap.
import { clusterAt, isKey, keyBefore, timeOf } from "./clusters";
import type { TakeFile } from "./index";

/** A run of clusters of one file without a hole. Times are unix seconds. */
export interface Span {
  readonly file: TakeFile;
  /** First cluster to read; for pictures a key cluster, which may start before `from` when the run is entered in its middle. */
  readonly first: number;
  /** First cluster that is no longer part of it. */
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Shorter breaks between files or clusters are joins, not gaps. */
export const JOIN = 0.5;
/** A cluster is at most one second long: a longer distance to the next one is a hole. */
const HOLE = 2;
const CLUSTER = 1;
/** A take that still runs may be this far behind another one before it counts as broken off. */
export const LAG = 2.5;
/** A picture this much wider is worth changing the recorder at a file's end. */
const WIDER = 1.2;

interface Known { readonly count: number; readonly wall: number; readonly closed: boolean; readonly runs: Span[] }

// The chain is made anew each second while the take grows; only files that changed are walked again.
const known = new WeakMap<TakeFile, Known>();

/** The runs of one file. Its end is exact when the index closed it, otherwise it is guessed from the cluster before. */
export function runsOf(file: TakeFile): Span[] {
  const had = known.get(file);
  const { wall, closed } = file;
  const { count } = file.clusters;
  if (had && had.count === count && had.wall === wall && had.closed === closed) return had.runs;
  const runs = findRuns(file);
  known.set(file, { count, wall, closed, runs });
  return runs;
}

function findRuns(file: TakeFile): Span[] {
  const { clusters } = file;
  const runs: Span[] = [];
  let first = -1;
  for (let i = 0; i < clusters.count; i += 1) {
    if (first < 0 && isKey(clusters, i)) first = i;
    const last = i === clusters.count - 1;
    const distance = last ? 0 : timeOf(clusters, i + 1) - timeOf(clusters, i);
    if (first < 0 || (!last && distance <= HOLE)) continue;
    const to = file.wall + (last ? endTime(file) : timeOf(clusters, i) + CLUSTER);
    runs.push({ file, first, end: i + 1, from: file.wall + timeOf(clusters, first), to });
    first = -1;
  }
  return runs;
}

function endTime(file: TakeFile): number {
  const { clusters } = file;
  const last = clusters.count - 1;
  const start = timeOf(clusters, last);
  if (file.duration !== null && file.duration > start && file.duration - start <= HOLE) return file.duration;
  const before = last > 0 ? start - timeOf(clusters, last - 1) : CLUSTER;
  return start + Math.min(Math.max(before, 0.1), CLUSTER);
}

/** `live`: the takes that still run. */
export function merge(files: Iterable<TakeFile>, live: ReadonlySet<string>): Span[] {
  const lanes = byTake(files);
  const edge = Math.max(-Infinity, ...lanes.map((lane) => lane.runs.at(-1)?.to ?? -Infinity));
  const chain: Span[] = [];
  let time = -Infinity;
  let present: Lane | null = null;
  for (;;) {
    const ahead: Lane[] = lanes.filter((lane) => advance(lane, time));
    if (ahead.length === 0) break;
    if (present && !ahead.includes(present) && live.has(present.take) && edge - time < LAG) break; // its next cluster is on the way
    present = choose(ahead, present, time);
    const span = enter(nextRun(present), time);
    const previous = chain.at(-1);
    if (previous && span.from - previous.to < JOIN) chain[chain.length - 1] = { ...previous, to: span.from };
    chain.push(span);
    time = span.to;
  }
  return chain;
}

/** The runs of one take, walked from left to right. */
interface Lane { readonly take: string; readonly runs: Span[]; at: number }

function nextRun(lane: Lane): Span {
  const run = lane.runs[lane.at];
  if (!run) throw new Error("lane is at its end");
  return run;
}

/** Leaves behind what ends at or before `time`; false when nothing is left. */
function advance(lane: Lane, time: number): boolean {
  while (lane.at < lane.runs.length && nextRun(lane).to <= time + 0.01) lane.at += 1;
  return lane.at < lane.runs.length;
}

function choose(ahead: Lane[], present: Lane | null, time: number): Lane {
  const begin = (lane: Lane): number => Math.max(nextRun(lane).from, time);
  const width = (lane: Lane): number => nextRun(lane).file.width;
  const earliest = Math.min(...ahead.map(begin));
  const soon = ahead.filter((lane) => begin(lane) - earliest <= JOIN);
  const widest = Math.max(...soon.map(width));
  const good = soon.filter((lane) => width(lane) * WIDER >= widest);
  if (present && good.includes(present)) return present;
  // Of equals the one that goes on longest without a hole, so that the recorder is changed as rarely as possible.
  return good.reduce((best, lane) => (reach(lane) > reach(best) + JOIN ? lane : best));
}

function reach(lane: Lane): number {
  let to = nextRun(lane).to;
  for (let i = lane.at + 1; i < lane.runs.length; i += 1) {
    const run = lane.runs[i];
    if (!run || run.from - to > JOIN) break;
    to = run.to;
  }
  return to;
}

/** The part of a run after `time`: begins with the key cluster at or before that moment. */
function enter(run: Span, time: number): Span {
  if (run.from >= time) return run;
  const { file } = run;
  const key = keyBefore(file.clusters, clusterAt(file.clusters, time - file.wall), run.first);
  return { ...run, first: key < 0 ? run.first : key, from: time };
}

function byTake(files: Iterable<TakeFile>): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const file of files) {
    const lane = lanes.get(file.take) ?? { take: file.take, runs: [], at: 0 };
    lane.runs.push(...runsOf(file));
    lanes.set(file.take, lane);
  }
  for (const { runs } of lanes.values()) runs.sort((a, b) => a.from - b.from);
  return [...lanes.values()];
}

/** The span that holds `time`, or the next one after it. */
export function spanFrom(spans: readonly Span[], time: number): Span | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return spans[low];
}

export type Presence = "here" | "gap" | "pending";

/** Pending: not written yet, but may still come. `edge` is how far any hall is written. */
export function presence(spans: readonly Span[], time: number, edge: number, live: boolean): Presence {
  const span = spanFrom(spans, time);
  if (span) return span.from <= time ? "here" : "gap";
  return live && time > edge - LAG ? "pending" : "gap";
}

/** What is missing between `from` and `to`. While live, the last moments are still on their way and no gap. */
export function gapsOf(spans: readonly Span[], from: number, to: number, live: boolean): Gap[] {
  const gaps: Gap[] = [];
  let time = from;
  for (const span of spans) {
    if (span.to <= time) continue;
    if (span.from >= to) break;
    if (span.from - time > JOIN) gaps.push({ from: time, to: span.from });
    time = span.to;
  }
  if (to - time > (live ? LAG : JOIN)) gaps.push({ from: time, to });
  return gaps;
}
