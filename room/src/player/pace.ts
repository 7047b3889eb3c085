// What both pictures and sound need: the master's moment, and careful seeking.
import { afterSeek, maySeek, NO_BACKOFF, type Backoff } from "./clock";

/** The master clock as everything sees it in one tick. */
export interface Beat {
  /** Unix seconds. */
  readonly time: number;
  readonly running: boolean;
  /** The person wants it to play; it may stand all the same, waiting for data. */
  readonly wish: boolean;
  readonly speed: number;
  /** Machine time in seconds. */
  readonly machine: number;
}

export interface Seeker {
  /** Moves the element when the back-off allows it. */
  seek(to: number, machine: number): boolean;
  /** A person moved the play head: no back-off. */
  free(): void;
}

export function newSeeker(media: HTMLMediaElement): Seeker {
  let backoff: Backoff = NO_BACKOFF;
  return {
    seek: (to, machine) => {
      if (media.seeking || !maySeek(backoff, machine)) return false;
      backoff = afterSeek(backoff, machine);
      media.currentTime = to;
      return true;
    },
    free: () => { backoff = NO_BACKOFF; },
  };
}

export function setRate(media: HTMLMediaElement, rate: number): void {
  if (media.playbackRate !== rate) media.playbackRate = rate;
}

/** Starts playing; resolves to false when the browser wants a click first. */
export async function start(media: HTMLMediaElement): Promise<boolean> {
  try {
    await media.play();
    return true;
  } catch (error) {
    return !(error instanceof DOMException && error.name === "NotAllowedError");
  }
}
