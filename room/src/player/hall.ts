// The picture of one hall: a muted video that follows the master clock.
import { rangeAt } from "./buffer";
import type { Hall } from "./catalogue";
import { presence, spanFrom } from "./chain";
import { rateFor, SEEK_AT } from "./clock";
import { openDeck, type Deck } from "./deck";
import { newSeeker, setRate, start, type Beat } from "./pace";
import type { Queue } from "./queue";
import type { Part, Score } from "./score";
import { newTile, type Tile } from "./tile";

export interface HallView {
  readonly hall: Hall;
  readonly tile: Tile;
  readonly deck: Deck;
  readonly video: HTMLVideoElement;
  /** One step: reads ahead, follows the clock, shows the state. True while the master has to wait for this hall. */
  tick(part: Part, score: Score, beat: Beat): boolean;
  jump(time: number): void;
  /** On another page of tiles: reads and shows nothing. */
  rest(): void;
  gap(): boolean;
  /** Unix seconds of the frame on the screen and the machine time (ms) when it was shown. */
  frame(): { wall: number; shown: number } | null;
  close(): void;
}

const AHEAD = 14;
/** Enough to begin with: less would stop again at once. */
const BEGIN = 0.6;
/** A frame this late means that the machine does not keep up … */
const LAGGING = 1.5;
/** … then everything waits until it is this near again; */
const CAUGHT_UP = 0.25;
/** further away it has to seek. */
const LOST = 4;
/** A seek that takes longer than this (seconds) has met a hole. */
const STUCK = 1.5;
/** A hall that cannot be read for this long no longer holds up the others. */
const PATIENCE = 6;

export function newHallView(hall: Hall, base: number, queue: Queue): HallView {
  const tile = newTile(hall);
  const { video } = tile;
  const deck = openDeck(video, base, queue);
  const seeker = newSeeker(video);
  let frame: { wall: number; shown: number } | null = null;
  let inGap = false;
  let exact = true; // the next standing picture must be exactly the asked moment
  let lateSince: number | null = null;
  let holding = false;
  let seekingSince: number | null = null;

  const watch = (): void => {
    video.requestVideoFrameCallback((_now, meta) => {
      frame = { wall: deck.toTime(meta.mediaTime), shown: meta.expectedDisplayTime };
      watch();
    });
  };
  watch();

  const late = (beat: Beat): number => (frame ? beat.time - frame.wall : 0);

  const follow = (beat: Beat): void => {
    const target = deck.toMedia(beat.time);
    if (seekingSince !== null) {
      // A seek that does not end has met a hole: it is given up for the present moment, which lies behind that hole.
      const left = rangeAt(video.buffered, video.currentTime)?.to !== rangeAt(video.buffered, target)?.to;
      if (deck.ready(beat.time) > BEGIN && (left || beat.machine - seekingSince > STUCK)) {
        seekingSince = null;
        video.currentTime = target;
      }
      return;
    }
    const behind = target - video.currentTime;
    if (!beat.running) {
      if (beat.wish && !video.paused && late(beat) > CAUGHT_UP && late(beat) < LOST) return; // the others wait for it
      if (!video.paused) video.pause();
      // A short wait for data needs no seeking of the others: that would only cost the machine more.
      if (exact || Math.abs(behind) > (beat.wish ? 0.4 : 0.04)) {
        if (Math.abs(behind) < 0.005) exact = false;
        else if (seeker.seek(target, beat.machine)) exact = false;
      }
      return;
    }
    exact = false;
    const here = rangeAt(video.buffered, target, 0.05);
    const elsewhere = here !== null && (video.currentTime < here.from - 0.1 || video.currentTime > here.to);
    if (elsewhere || Math.abs(behind) > SEEK_AT) {
      // The seek itself takes a moment: aim a little ahead, but not beyond what is there.
      const aim = here ? Math.max(here.from, Math.min(target + 0.15 * beat.speed, here.to - 0.1)) : target;
      seeker.seek(aim, beat.machine);
    } else setRate(video, rateFor(behind, beat.speed));
    if (video.paused) void start(video);
  };

  /** In a gap: stand ready on the first frame after it, so that the picture is in step from its first moment. */
  const standBy = (next: number, at: number): void => {
    const target = deck.toMedia(next);
    const here = rangeAt(video.buffered, target + 0.05, 0.05);
    if (!here || video.seeking) return;
    const aim = Math.max(target, here.from);
    if (Math.abs(video.currentTime - aim) > 0.005) seeker.seek(aim, at);
  };

  const tick = (part: Part, score: Score, beat: Beat): boolean => {
    const { picture } = part;
    const here = presence(picture, beat.time, score.edge, score.live);
    deck.feed(picture, beat.time, AHEAD * beat.speed);
    seekingSince = video.seeking ? seekingSince ?? beat.machine : null;
    inGap = here === "gap";
    const state = deck.state(beat.time);
    const next = inGap ? spanFrom(picture, beat.time)?.from ?? null : null;
    if (inGap) {
      if (!video.paused) video.pause();
      frame = null;
      if (next !== null) standBy(next, beat.machine);
      exact = true;
    } else if (state === "ready") follow(beat);
    else if (!video.paused && (state === "loading" || here === "pending")) video.pause();

    const wanted = here === "here" && state === "loading";
    const thin = state === "ready" && !beat.running && deck.ready(beat.time) < begin(picture, beat.time);
    const turning = here === "here" && state !== "hole" && !beat.running && video.seeking;
    // A machine that cannot decode all pictures in time shows them late but together, not each at its own moment.
    const lagging = state === "ready" && here === "here" && !video.paused && beat.wish && deck.ready(beat.time) > BEGIN
      && late(beat) > (beat.running ? LAGGING * beat.speed : CAUGHT_UP);
    // Pending does not hold the others up: the session keeps the clock behind what is written anyway.
    const waiting = wanted || thin || turning || lagging;
    holding = patient(waiting, beat.machine);
    tile.show({
      gap: inGap, loading: wanted || here === "pending", trouble: deck.trouble(),
      next,
    });
    return holding;
  };

  const patient = (waiting: boolean, machine: number): boolean => {
    if (!waiting) {
      lateSince = null;
      return false;
    }
    lateSince ??= machine;
    return machine - lateSince < PATIENCE;
  };

  return {
    hall, tile, deck, video, tick,
    jump: (time) => {
      exact = true;
      frame = null;
      lateSince = null;
      seeker.free();
      deck.jump(time);
    },
    rest: () => {
      if (!video.paused) video.pause();
      frame = null;
    },
    gap: () => inGap,
    frame: () => frame,
    close: () => {
      deck.close();
      tile.root.remove();
    },
  };
}

/** How much has to be ready before the start; less when the recording itself ends sooner. */
function begin(spans: Part["picture"], time: number): number {
  const span = spanFrom(spans, time);
  return span ? Math.min(BEGIN, Math.max(0, span.to - time - 0.2)) : 0;
}
