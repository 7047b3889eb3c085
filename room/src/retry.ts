// When to come back by itself, and when only a person may decide.

/** Why the engine let go of us, in our own words. */
export type Loss = "network" | "server" | "replaced" | "removed" | "room-gone" | "left";

/**
 * `join`: ask for a new ticket at once and keep asking. `ask`: read the state only; a new ticket would take the
 * hall back from the machine that has just replaced this one, so that needs a person's click. `stop`: we left.
 */
export function afterLoss(loss: Loss): "join" | "ask" | "stop" {
  if (loss === "left") return "stop";
  return loss === "replaced" || loss === "removed" ? "ask" : "join";
}

/** Delay before attempt n (1 = the first one after the loss). Every hall must be back within 10 s of the server. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  if (attempt <= 1) return 0;
  const base = Math.min(1000 + (attempt - 2) * 250, 2000);
  // A little spread so that thirty halls do not knock in the same instant; never above the cap.
  return Math.min(base * (0.75 + random() * 0.5), 2000);
}

/** The engine's client tries alone first, briefly: after a restart of the server only a new ticket helps. */
export const ENGINE_RETRIES_MS = [0, 300, 700, 1000];

/** Each refused ticket is a line in the audit log, so a room that is not open yet is asked for seldom. */
export const NOT_YET_MS = 15_000;

/** Refusals of a ticket that pass without anybody's click. */
export function passesByItself(code: string): boolean {
  return code === "media_down" || code === "not_yet";
}
