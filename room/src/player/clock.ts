// The master clock and the arithmetic of keeping things in step with it. Pure: the caller brings the machine time (seconds).

export interface Clock {
  /** Unix seconds at machine time `since`. */
  readonly moment: number;
  readonly since: number;
  readonly speed: number;
  readonly running: boolean;
}

export function newClock(moment: number, machine: number): Clock {
  return { moment, since: machine, speed: 1, running: false };
}

export function read(clock: Clock, machine: number): number {
  return clock.running ? clock.moment + (machine - clock.since) * clock.speed : clock.moment;
}

export function moveTo(clock: Clock, moment: number, machine: number): Clock {
  return { ...clock, moment, since: machine };
}

export function run(clock: Clock, running: boolean, machine: number): Clock {
  return clock.running === running ? clock : { ...moveTo(clock, read(clock, machine), machine), running };
}

export function setSpeed(clock: Clock, speed: number, machine: number): Clock {
  return { ...moveTo(clock, read(clock, machine), machine), speed };
}

// Sound is never bent: the clock leans towards it, and the muted pictures follow the clock.
const LEAN = 0.1;
const LEAN_MOST = 0.006; // per call, about ten calls a second
const LEAN_LEAST = 0.015;

/** The clock leaned towards sound that stands `ahead` seconds before it. Sound that is far behind is not waited for in small
 * steps: the clock goes back to it. */
export function lean(clock: Clock, ahead: number, machine: number): Clock {
  if (Math.abs(ahead) < LEAN_LEAST) return clock;
  if (ahead < -SOUND_SEEK_AT) return moveTo(clock, read(clock, machine) + ahead, machine);
  const step = Math.max(-LEAN_MOST, Math.min(LEAN_MOST, ahead * LEAN));
  return moveTo(clock, read(clock, machine) + step, machine);
}

const QUIET = 0.012;
const BEND = 0.8;
const BEND_MOST = 0.2;

/** The playback rate of a muted picture that is `behind` seconds behind the clock. In steps of 1 %, so it is set rarely. */
export function rateFor(behind: number, speed: number): number {
  if (Math.abs(behind) < QUIET) return speed;
  const bend = Math.max(-BEND_MOST, Math.min(BEND_MOST, behind * BEND));
  return Math.round(speed * (1 + bend) * 100) / 100;
}

/** Beyond this a picture is moved by seeking. */
export const SEEK_AT = 1;
/** Beyond this leaning would take too long: sound that is early is moved by seeking, late sound moves the clock. */
export const SOUND_SEEK_AT = 0.3;

/** Seeks may not follow each other quickly: a slow machine would do nothing else. */
export interface Backoff {
  readonly wait: number;
  readonly until: number;
}

const FIRST_WAIT = 2;
const LONGEST_WAIT = 16;
export const NO_BACKOFF: Backoff = { wait: FIRST_WAIT, until: 0 };

export function maySeek(backoff: Backoff, machine: number): boolean {
  return machine >= backoff.until;
}

export function afterSeek(backoff: Backoff, machine: number): Backoff {
  // Quiet for a while since the last one: it was a single event, not a struggle.
  const calm = machine > backoff.until + 10;
  const wait = calm ? FIRST_WAIT : Math.min(backoff.wait * 2, LONGEST_WAIT);
  return { wait, until: machine + (calm ? FIRST_WAIT : backoff.wait) };
}
