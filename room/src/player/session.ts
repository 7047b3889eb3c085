// The conductor: one master clock, the halls and the sound that follow it, and the wishes of the person at the screen.
import type { Catalogue } from "./catalogue";
import { lean, moveTo, newClock, read, run, setSpeed, type Clock } from "./clock";
import { fellBehind, follow, jumped, LIVE_BEHIND, NOT_LIVE, type Follow } from "./follow";
import { newHallView, type HallView } from "./hall";
import type { Library } from "./library";
import type { Beat } from "./pace";
import { newQueue } from "./queue";
import { compose, floorAt, speaking, type Choice, type Score } from "./score";
import { newSound, type Sound } from "./sound";

export type State = "loading" | "ready" | "playing" | "paused" | "waiting" | "ended" | "empty" | "error";
/** "auto", "off" or a hall. */
export type Hearing = string;

export interface Session {
  state(): State;
  now(): number;
  score(): Score | null;
  /** Grows with everything new that was read or chosen. */
  version(): number;
  catalogue(): Catalogue | null;
  /** Sentence when the server cannot be reached, "" otherwise. */
  trouble(): string;
  /** The hall that has the floor at this moment of the recording. */
  floor(): string | null;
  choice(): Choice;
  hearing(): Hearing;
  heard(): string | null;
  speed(): number;
  views(): HallView[];
  /** The halls whose tiles are on the screen; the others rest. */
  shown(): HallView[];
  turn(page: number): void;
  page(): number;
  pages(): number;
  sound(): Sound | null;
  /** Seconds behind the newest written moment. */
  behind(): number;
  play(): void;
  pause(): void;
  seek(time: number): void;
  goLive(): void;
  choose(choice: Partial<Choice>): void;
  hear(hearing: Hearing): void;
  setSpeed(speed: number): void;
  /** Something new was read. */
  renew(): void;
  skew(): number | null;
}

const TICK = 100;
/** More pictures than that at once are too small to see and too many to decode. */
const TILES = 9;
const RENEW_EVERY = 250;
const EDGE = 0.3;

const machine = (): number => performance.now() / 1000;

export function newSession(library: Library, stage: HTMLElement, from: number | null, changed: () => void): Session {
  let clock: Clock = newClock(0, machine());
  let score: Score | null = null;
  let choice: Choice = { recorder: null, preroll: false };
  let hearing: Hearing = "auto";
  let wish = false; // the person wants it to play
  let begun = false;
  let placed = false;
  let holding = true; // the clock stands and waits for data
  let starved = false; // came to the live edge
  let ended = false;
  let live: Follow = NOT_LIVE;
  let lastHeard: string | null = null;
  let base: number | null = null;
  let sound: Sound | null = null;
  let page = 0;
  let version = 0;
  const views = new Map<string, HallView>();
  const queue = newQueue();

  const time = (): number => read(clock, machine());

  const renew = (): void => {
    version += 1;
    const catalogue = library.catalogue();
    if (catalogue) {
      score = compose(catalogue, library.files(), choice);
      if (score) furnish(catalogue, score);
      else rest();
    }
    changed();
  };

  /** Nothing to play any more: the time before the opening was left, or a recorder without files was chosen. */
  const rest = (): void => {
    wish = false;
    clock = run(clock, false, machine());
    for (const view of views.values()) view.rest();
    for (const audio of sound?.elements() ?? []) audio.pause();
  };

  // An index of two hours arrives in a hundred parts: the playlists are not made anew for each.
  let due: ReturnType<typeof setTimeout> | null = null;
  const renewSoon = (): void => {
    due ??= setTimeout(() => {
      due = null;
      renew();
    }, score ? RENEW_EVERY : 0);
  };

  const furnish = (catalogue: Catalogue, present: Score): void => {
    // Chosen once: media time 0 of all decks. Everything recorded comes after it, refined walls included.
    base ??= Math.floor(Math.min(present.start, present.opened ?? present.start)) - 6 * 3600;
    sound ??= newSound(stage, base, queue);
    for (const hall of catalogue.halls) {
      if (views.has(hall.hall)) continue;
      const view = newHallView(hall, base, queue);
      views.set(hall.hall, view);
      stage.append(view.tile.root);
    }
    if (!placed) {
      placed = true;
      place(from ?? present.start);
    } else if (time() < present.start) place(present.start);
  };

  const isShown = (view: HallView): boolean => Math.floor([...views.keys()].indexOf(view.hall.hall) / TILES) === page;
  const shown = (): HallView[] => [...views.values()].slice(page * TILES, (page + 1) * TILES);

  const place = (to: number): void => {
    if (!score) return;
    const target = Math.min(Math.max(to, score.start), score.live ? Math.max(score.start, score.edge - EDGE) : score.end);
    clock = run(moveTo(clock, target, machine()), false, machine());
    holding = true;
    starved = false;
    ended = !score.live && target >= score.end - 0.01;
    for (const view of views.values()) view.jump(target);
    sound?.jump(target);
  };

  const tick = (): void => {
    if (!score || !sound) return;
    const at = machine();
    const beat: Beat = { time: time(), running: clock.running, wish, speed: clock.speed, machine: at };
    let hold = false;
    for (const part of score.parts) {
      const view = views.get(part.hall.hall);
      if (view && isShown(view) && view.tick(part, score, beat)) hold = true;
    }
    lastHeard = wanted(beat.time);
    const soon = hearing === "auto" ? speaking(score, beat.time + 2 * beat.speed) : lastHeard;
    const heard = sound.tick(lastHeard, soon, score, beat);
    hold ||= heard.hold;
    if (heard.ahead !== null) clock = lean(clock, heard.ahead, at);
    limit(score, beat.time);
    if (wish && score.live && fellBehind(live, score.edge - beat.time, at)) {
      live = jumped(live, at);
      place(score.edge - LIVE_BEHIND);
      hold = true;
    }
    holding = hold || starved;
    clock = run(clock, wish && !holding && !ended, at);
    changed();
  };

  const wanted = (moment: number): string | null => {
    if (hearing === "off" || !score) return null;
    return hearing === "auto" ? speaking(score, moment) : hearing;
  };

  const limit = (present: Score, moment: number): void => {
    if (!present.live) {
      starved = false;
      if (moment >= present.end) {
        clock = run(moveTo(clock, present.end, machine()), false, machine());
        ended = true;
      }
      return;
    }
    ended = false;
    if (moment >= present.edge - EDGE) starved = true;
    else if (starved && moment <= present.edge - LIVE_BEHIND) starved = false;
  };

  const state = (): State => {
    if (!score) {
      if (!library.catalogue()) return library.trouble() ? "error" : "loading";
      return library.complete() ? "empty" : "loading";
    }
    if (ended) return "ended";
    if (!begun) return holding ? "loading" : "ready";
    if (!wish) return "paused";
    return holding ? "waiting" : "playing";
  };

  setInterval(tick, TICK);
  return {
    state, now: time, renew: renewSoon,
    score: () => score,
    version: () => version,
    catalogue: () => library.catalogue(),
    trouble: () => library.trouble(),
    floor: () => (score ? floorAt(score, time()) : null),
    choice: () => choice,
    hearing: () => hearing,
    heard: () => lastHeard,
    speed: () => clock.speed,
    views: () => [...views.values()],
    shown,
    page: () => page,
    pages: () => Math.max(1, Math.ceil(views.size / TILES)),
    turn: (to) => {
      page = Math.max(0, Math.min(to, Math.ceil(views.size / TILES) - 1));
      for (const view of views.values()) {
        if (isShown(view)) view.jump(time());
        else view.rest();
      }
      tick();
    },
    sound: () => sound,
    behind: () => (score ? score.edge - time() : 0),
    play: () => {
      if (!score) return;
      if (ended) place(score.start);
      wish = true;
      begun = true;
      sound?.allow();
      tick();
    },
    pause: () => {
      wish = false;
      live = NOT_LIVE;
      clock = run(clock, false, machine());
      tick();
    },
    seek: (to) => {
      live = NOT_LIVE;
      place(to);
      tick();
    },
    goLive: () => {
      if (!score) return;
      wish = true;
      begun = true;
      live = follow(machine());
      place(score.edge - LIVE_BEHIND);
      tick();
    },
    choose: (part) => {
      const before = time();
      choice = { ...choice, ...part };
      renew();
      if (score && part.recorder !== undefined) place(before);
      else if (score && part.preroll) {
        live = NOT_LIVE;
        place(score.start);
      }
    },
    hear: (next) => {
      hearing = next;
      sound?.allow();
      tick();
    },
    setSpeed: (speed) => {
      if (speed < 1) live = NOT_LIVE;
      clock = setSpeed(clock, speed, machine());
    },
    skew: () => skewOf(shown(), clock),
  };
}

/** Largest distance in seconds between the frames on the screen, each compared with the clock at the moment it was shown. */
function skewOf(views: HallView[], clock: Clock): number | null {
  const now = performance.now();
  const errors = views.flatMap((view) => {
    const frame = view.frame();
    if (view.gap() || !frame || now - frame.shown > 500) return [];
    return [frame.wall - read(clock, frame.shown / 1000)];
  });
  return errors.length < 2 ? null : Math.max(...errors) - Math.min(...errors);
}
