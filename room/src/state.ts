import type { HallKey, HallState, RoomState } from "./contract";

/** The engine's note is text from outside this page: anything that is not a room state is no state. */
export function readState(text: string | undefined): RoomState | null {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as Partial<RoomState> | null;
    const whole = typeof value?.v === "number" && typeof value.phase === "string" && Array.isArray(value.halls);
    return whole ? (value as RoomState) : null;
  } catch {
    return null;
  }
}

/** States reach the page by four ways (ticket, engine, poll, answer to a command) and may overtake one another. */
export function newer(shown: RoomState | null, incoming: RoomState | null): RoomState | null {
  if (!incoming) return shown;
  return !shown || incoming.v >= shown.v ? incoming : shown;
}

export function ended(state: RoomState | null): boolean {
  return state?.phase === "closed" || state?.phase === "sealed";
}

export function findHall(state: RoomState | null, key: HallKey | null): HallState | null {
  return state?.halls.find((hall) => hall.hall === key) ?? null;
}

/** What the rules say of a hall's microphone. The engine enforces it; other pages only put it into words. */
export function maySpeak(state: RoomState, hall: HallState): boolean {
  const hasFloor = state.floor?.hall === hall.hall && state.phase === "open";
  return !hall.locked && !hall.removed && (hall.central || hasFloor);
}
