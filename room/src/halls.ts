// Which hall stands where on the stage, and in which state. Pure: no DOM, no engine.
import type { HallKey, HallState, RoomState } from "./contract";
import { maySpeak } from "./state";
import type { HallCode, MicrophoneCode } from "./words";

/** What the engine knows of a hall now. */
export interface Presence {
  identity: string;
  camera: boolean;
  microphone: "live" | "muted" | "none";
  weak: boolean;
  speaking: boolean;
}

export type Presences = ReadonlyMap<HallKey, Presence>;

/** At most this many pictures at once: each further one costs every machine in the room (docs/architecture.md). */
export const TILES = 9;

/** `known`: this page is in the room, so that the absence of a hall means something. */
export function hallCode(
  state: RoomState,
  hall: HallState,
  presence: Presence | undefined,
  seen: boolean,
  known = true,
): HallCode {
  if (hall.removed) return "removed";
  if (!known) return "unknown";
  if (!presence) return seen ? "dropped" : "away";
  if (state.floor?.hall === hall.hall) return "floor";
  return presence.weak ? "weak" : "inside";
}

export function microphoneCode(state: RoomState, hall: HallState, presence: Presence | undefined): MicrophoneCode {
  if (!presence) return "none";
  if (presence.microphone === "live") return "live";
  return maySpeak(state, hall) ? "silent" : "locked";
}

export interface StagePlan {
  /** The large picture: who has the floor, else the central point. */
  main: HallKey | null;
  /** The others of this page, in the order of the plan. */
  strip: HallKey[];
  page: number;
  pages: number;
}

/**
 * The main hall stands on every page, the others are paged. A point does not show itself among the others: it has
 * its own view; when it has the floor itself, the centre is large (its citizens want to see who listens).
 */
export function stagePlan(state: RoomState, own: HallKey | null, wantedPage: number): StagePlan {
  const others = state.halls.filter((hall) => hall.hall !== own);
  const central = others.find((hall) => hall.central)?.hall ?? null;
  const speaking = others.find((hall) => hall.hall === state.floor?.hall)?.hall ?? null;
  const main = speaking ?? central ?? others[0]?.hall ?? null;
  const rest = others.filter((hall) => hall.hall !== main);
  // The centre is never paged away: it leads the strip whenever it is not the large picture itself.
  const fixed = rest.filter((hall) => hall.central);
  const paged = rest.filter((hall) => !hall.central);
  const room = TILES - 1 - fixed.length;
  const pages = Math.max(1, Math.ceil(paged.length / room));
  const page = Math.min(Math.max(wantedPage, 0), pages - 1);
  const strip = [...fixed, ...paged.slice(page * room, (page + 1) * room)].map((hall) => hall.hall);
  return { main, strip, page, pages };
}
