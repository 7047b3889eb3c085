// Everything that follows from catalogue + indexes + choices: one playlist per hall and source, the range, the gaps. Pure.
import type { Catalogue, Hall, Mark } from "./catalogue";
import { gapsOf, LAG, merge, type Gap, type Span } from "./chain";
import type { TakeFile } from "./index";
import { unix, unixOrNull } from "./time";

export interface Choice {
  /** null: best of all recorders. */
  readonly recorder: string | null;
  readonly preroll: boolean;
}

export interface Part {
  readonly hall: Hall;
  readonly picture: readonly Span[];
  readonly sound: readonly Span[];
  readonly gaps: readonly Gap[];
  /** Where sound was expected (centre, or the hall with the floor) and none is recorded. */
  readonly silences: readonly Gap[];
}

export interface Stretch { readonly from: number; readonly to: number; readonly hall: string | null; readonly label: string }

export interface Score {
  readonly parts: readonly Part[];
  readonly opened: number | null;
  /** First and last moment that can be played. */
  readonly start: number;
  readonly end: number;
  /** How far any hall is written. */
  readonly edge: number;
  readonly live: boolean;
  readonly floors: readonly Stretch[];
  readonly pauses: readonly Stretch[];
  readonly marks: readonly Mark[];
}

export function compose(catalogue: Catalogue, files: Iterable<TakeFile>, choice: Choice): Score | null {
  const running = new Set(catalogue.takes.filter((take) => take.state === "recording").map((take) => take.id));
  const lists = new Map<string, TakeFile[]>();
  for (const file of files) {
    if (choice.recorder !== null && file.recorder !== choice.recorder) continue;
    const name = `${file.hall} ${file.source}`;
    const list = lists.get(name);
    if (list) list.push(file);
    else lists.set(name, [file]);
  }
  const chains = catalogue.halls.map((hall) => ({
    hall,
    picture: merge(lists.get(`${hall.hall} camera`) ?? [], running),
    sound: merge(lists.get(`${hall.hall} microphone`) ?? [], running),
  }));
  const all = chains.flatMap((chain) => [...chain.picture, ...chain.sound]);
  if (all.length === 0) return null;
  const first = Math.min(...all.map((span) => span.from));
  const edge = Math.max(...all.map((span) => span.to));
  const opened = unixOrNull(catalogue.opened_at);
  const closed = unixOrNull(catalogue.closed_at);
  if (opened === null && !choice.preroll) return null;
  const start = choice.preroll || opened === null ? Math.min(first, opened ?? first) : opened;
  // Also while no recorder runs for the moment: one may come back, and until then the player waits.
  const live = closed === null && catalogue.live;
  const end = Math.max(closed ?? edge, start);
  const floors = floorsOf(catalogue.marks, end);
  const seen = live ? Math.min(end, edge) : end;
  return {
    parts: chains.map(({ hall, picture, sound }) => ({
      hall, picture, sound,
      gaps: gapsOf(picture, start, seen, live),
      silences: silencesOf(hall, sound, floors, opened ?? start, seen, live),
    })),
    opened, start, end, edge, live, floors,
    pauses: pausesOf(catalogue.marks, end),
    marks: catalogue.marks,
  };
}

function silencesOf(
  hall: Hall, sound: readonly Span[], floors: readonly Stretch[], from: number, to: number, live: boolean,
): Gap[] {
  if (hall.central) return gapsOf(sound, from, to, live);
  // A microphone without the floor publishes nothing; after receiving it the hall needs a moment to start.
  return floors.filter((floor) => floor.hall === hall.hall).flatMap((floor) => {
    const last = Math.min(floor.to, to);
    return gapsOf(sound, floor.from, last, live && last > to - LAG).filter((gap) => gap.to - gap.from > 3);
  });
}

function stretches(
  marks: readonly Mark[], end: number, opens: (mark: Mark) => boolean, closes: (mark: Mark) => boolean,
): Stretch[] {
  const list: Stretch[] = [];
  let open: Mark | null = null;
  const finish = (at: number): void => {
    if (open && at > unix(open.at)) list.push({ from: unix(open.at), to: at, hall: open.hall, label: open.label });
    open = null;
  };
  for (const mark of [...marks].sort((a, b) => unix(a.at) - unix(b.at))) {
    if (opens(mark)) {
      finish(unix(mark.at));
      open = mark;
    } else if (closes(mark)) finish(unix(mark.at));
  }
  finish(end);
  return list;
}

export function floorsOf(marks: readonly Mark[], end: number): Stretch[] {
  return stretches(marks, end, (mark) => mark.kind === "floor", (mark) => ["floor_end", "closed"].includes(mark.kind));
}

export function pausesOf(marks: readonly Mark[], end: number): Stretch[] {
  return stretches(marks, end, (mark) => mark.kind === "paused", (mark) => ["resumed", "closed"].includes(mark.kind));
}

export function floorAt(score: Score, time: number): string | null {
  return score.floors.find((stretch) => stretch.from <= time && time < stretch.to)?.hall ?? null;
}

/** The hall to hear when nobody chose one: who has the floor, otherwise the centre. */
export function speaking(score: Score, time: number): string | null {
  return floorAt(score, time) ?? (score.parts.find((part) => part.hall.central) ?? score.parts[0])?.hall.hall ?? null;
}
