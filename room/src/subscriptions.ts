// What this page asks the engine for: the pictures it shows, the sound of the centre and of the floor, nothing else.
import type { HallKey, RoomState } from "./contract";
import type { StagePlan } from "./halls";

export type Quality = "low" | "medium" | "high";

export interface Wish {
  pictures: ReadonlyMap<HallKey, Quality>;
  sounds: ReadonlySet<HallKey>;
}

export const NOTHING: Wish = { pictures: new Map(), sounds: new Set() };

export interface Viewer {
  /** The hall that this page publishes; null for a station. */
  hall: HallKey | null;
  /** document.visibilityState === "hidden" */
  hidden: boolean;
  /** A station beside the hall's own machine may be told not to play sound. */
  listens: boolean;
}

export function wish(state: RoomState, plan: StagePlan, viewer: Viewer): Wish {
  const present = new Map(state.halls.filter((hall) => !hall.removed).map((hall) => [hall.hall, hall]));
  const pictures = new Map<HallKey, Quality>();
  // A hall keeps its pictures when somebody covers the window: the big screen may hang on a second monitor.
  if (!viewer.hidden || viewer.hall) {
    if (plan.main && present.has(plan.main)) pictures.set(plan.main, "high");
    const small: Quality = plan.strip.length <= 4 ? "medium" : "low";
    for (const key of plan.strip) if (present.has(key)) pictures.set(key, small);
  }
  const sounds = new Set<HallKey>();
  if (viewer.listens) {
    for (const hall of present.values()) {
      if (hall.central || state.floor?.hall === hall.hall) sounds.add(hall.hall);
    }
    if (viewer.hall) sounds.delete(viewer.hall);
  }
  return { pictures, sounds };
}
