// The sound of the heard hall. While another hall gets ready its deck is prepared beside the playing one, then they change over:
// the ear has no hole, and the pictures do not wait.
import { rangeAt, type Range } from "./buffer";
import { presence, spanFrom } from "./chain";
import { SOUND_SEEK_AT } from "./clock";
import { openDeck, type Deck } from "./deck";
import { newSeeker, setRate, start, type Beat, type Seeker } from "./pace";
import type { Queue } from "./queue";
import type { Score } from "./score";

export interface Sound {
  /** `wanted`: the hall to hear (null: silence); `soon`: the one to prepare. Returns what the clock should know. */
  tick(wanted: string | null, soon: string | null, score: Score, beat: Beat): { hold: boolean; ahead: number | null };
  jump(time: number): void;
  /** The browser refused sound before a click. */
  refused(): boolean;
  allow(): void;
  heard(): string | null;
  elements(): HTMLAudioElement[];
  close(): void;
}

interface Voice {
  readonly hall: string;
  readonly audio: HTMLAudioElement;
  readonly deck: Deck;
  readonly seeker: Seeker;
  starting: boolean;
  /** Started and not yet compared with the clock. */
  fresh: boolean;
}

const AHEAD = 20;
const PATIENCE = 4;
/** Sound is small and missed at once: it goes before pictures in the queue. */
const BONUS = 6;
/** Sound that is further behind than this is moved by seeking. */
const LOST = 3;
const ENOUGH = 0.6;
/** A new voice waits this far before the clock, so that it can begin on time. */
const LEAD = 0.3;
/** Sound that stands at most this far behind is started where it stands. */
const LATE_START = 0.4;

export function newSound(holder: HTMLElement, base: number, queue: Queue): Sound {
  let voice: Voice | null = null;
  let coming: Voice | null = null;
  let refused = false;
  let lateSince: number | null = null;
  let startLag = 0.08; // what the browser takes from play() to the first sound: learned

  const open = (hall: string): Voice => {
    const audio = document.createElement("audio");
    audio.className = "pl-sound";
    audio.dataset.hall = hall;
    audio.preservesPitch = true;
    holder.append(audio);
    return { hall, audio, deck: openDeck(audio, base, queue, BONUS), seeker: newSeeker(audio), starting: false, fresh: false };
  };
  const drop = (gone: Voice | null): void => {
    gone?.deck.close();
    gone?.audio.remove();
  };
  const spansOf = (hall: string, score: Score): Score["parts"][number]["sound"] =>
    score.parts.find((part) => part.hall.hall === hall)?.sound ?? [];

  /** Play or stand like the clock says; the playing element is never bent, only moved when it is far off. */
  const follow = (one: Voice, beat: Beat, run: boolean): number | null => {
    const { audio, deck, seeker } = one;
    if (audio.seeking) return null;
    const target = deck.toMedia(beat.time);
    const ahead = audio.currentTime - target;
    const here = rangeAt(audio.buffered, target, 0.05);
    const apart = here !== null && (audio.currentTime < here.from - 0.1 || audio.currentTime > here.to);
    const elsewhere = apart || (audio.readyState < 3 && beforeHole(audio, here));
    if (!run) {
      if (beat.wish && starved(one, beat.time)) return ahead;
      if (!audio.paused) audio.pause();
      if (Math.abs(ahead) > (beat.wish ? 0.4 : 0.03)) seeker.seek(target, beat.machine);
      return null;
    }
    setRate(audio, beat.speed);
    if (audio.paused) {
      begin(one, target, beat);
      return null;
    }
    if (starved(one, beat.time) && ahead > -LOST) return ahead;
    // Late sound is not skipped: what was said has to be heard, so the clock goes back to it (see the session).
    if (elsewhere || ahead > SOUND_SEEK_AT || ahead < -LOST) {
      seeker.seek(target + startLag * beat.speed, beat.machine);
      return null;
    }
    if (audio.readyState < 3 || deck.ready(beat.time) < ENOUGH) return null;
    if (one.fresh) {
      one.fresh = false;
      startLag = Math.max(0, Math.min(0.4, startLag - ahead / beat.speed / 2));
    }
    return ahead;
  };

  /** Stands a little before the clock, then starts so that the first sound comes on its moment. */
  const begin = (one: Voice, target: number, beat: Beat): void => {
    const { audio } = one;
    if (one.starting || refused) return;
    const lead = (audio.currentTime - target) / beat.speed;
    // Standing on the spot, or a little behind it: starts at once, and the clock comes to it. A seek would cost seconds.
    const now = lead > -LATE_START && lead < 0.05;
    if (!now && (lead < startLag - 0.02 || lead > 2 * LEAD)) {
      one.seeker.seek(target + LEAD * beat.speed, beat.machine);
      return;
    }
    one.starting = true;
    setTimeout(() => {
      void start(audio).then((allowed) => {
        refused = !allowed;
        one.starting = false;
        one.fresh = !now;
      });
    }, now ? 0 : (lead - startLag) * 1000);
  };

  const tick: Sound["tick"] = (wanted, soon, score, beat) => {
    const next = wanted !== voice?.hall ? wanted : soon !== voice?.hall ? soon : null;
    if (coming && coming.hall !== next) {
      drop(coming);
      coming = null;
    }
    if (next !== null && !coming) coming = open(next);
    if (coming) {
      const spans = spansOf(coming.hall, score);
      coming.deck.feed(spans, beat.time, AHEAD);
      const silent = presence(spans, beat.time, score.edge, score.live) !== "here";
      const there = !silent && coming.deck.state(beat.time) === "ready";
      if (wanted === coming.hall && there && beat.running) follow(coming, beat, true);
      if (wanted === coming.hall && (silent || (there && (!beat.running || !coming.audio.paused)))) {
        drop(voice);
        voice = coming;
        coming = null;
      }
    } else if (wanted === null && voice) {
      drop(voice);
      voice = null;
    }
    if (!voice) return { hold: false, ahead: null };

    const spans = spansOf(voice.hall, score);
    voice.deck.feed(spans, beat.time, AHEAD);
    const here = presence(spans, beat.time, score.edge, score.live);
    const state = voice.deck.state(beat.time);
    let ahead: number | null = null;
    if (here !== "here" || state === "loading") voice.audio.pause();
    else if (state === "ready") ahead = follow(voice, beat, beat.running);
    const span = spanFrom(spans, beat.time);
    const room = span ? Math.min(0.4, Math.max(0, span.to - beat.time - 0.2)) : 0;
    const waiting = here === "here"
      && (state === "loading" || (beat.wish && state === "ready" && starved(voice, beat.time)) || (state === "ready" && !beat.running && voice.deck.ready(beat.time) < room));
    if (!waiting) lateSince = null;
    else lateSince ??= beat.machine;
    return { hold: lateSince !== null && beat.machine - lateSince < PATIENCE, ahead };
  };

  return {
    tick,
    jump: (time) => {
      lateSince = null;
      for (const one of [voice, coming]) {
        one?.seeker.free();
        one?.deck.jump(time);
      }
    },
    refused: () => refused,
    allow: () => { refused = false; },
    heard: () => voice?.hall ?? null,
    elements: () => [voice, coming].flatMap((one) => (one ? [one.audio] : [])),
    close: () => {
      drop(voice);
      drop(coming);
    },
  };
}

/** It should sound and has its data, but the machine does not come to it. */
function starved(one: Voice, time: number): boolean {
  // The end of what is recorded looks the same to the browser: there it is silence, not a machine that is too slow.
  const { audio, deck } = one;
  const here = rangeAt(audio.buffered, deck.toMedia(time), 0.05);
  if (audio.paused || audio.seeking || beforeHole(audio, here)) return false;
  return audio.readyState < 3 && deck.ready(time) > ENOUGH;
}

/** It stands at the end of an earlier stretch: a lost packet left a hole that no browser crosses by itself. */
function beforeHole(audio: HTMLAudioElement, here: Range | null): boolean {
  const own = rangeAt(audio.buffered, audio.currentTime);
  return here !== null && own?.to !== here.to;
}
