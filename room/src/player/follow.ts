// Staying live. Who pressed «Trực tiếp» stays near the newest written moment: each wait for data would otherwise add to the
// distance, and after a few of them «live» would be half a minute old. Pure: the caller brings distances and machine time.
import { afterSeek, maySeek, NO_BACKOFF, type Backoff } from "./clock";

/** Picture and sound reach the index one to two seconds after they happened; with this the player is about 3 s behind. */
export const LIVE_BEHIND = 2;
/** Closer than this (seconds) to the newest written moment counts as live; further away the player jumps forward. */
export const LIVE_WITHIN = 6;

export interface Follow {
  readonly on: boolean;
  /** A jump costs loading: a machine that cannot keep up jumps more and more rarely and plays what it has in between. */
  readonly backoff: Backoff;
}

export const NOT_LIVE: Follow = { on: false, backoff: NO_BACKOFF };

export function follow(machine: number): Follow {
  return { on: true, backoff: afterSeek(NO_BACKOFF, machine) };
}

export function fellBehind({ on, backoff }: Follow, behind: number, machine: number): boolean {
  return on && behind > LIVE_WITHIN && maySeek(backoff, machine);
}

export function jumped({ on, backoff }: Follow, machine: number): Follow {
  return { on, backoff: afterSeek(backoff, machine) };
}
