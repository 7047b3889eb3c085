// Where moments lie on the time line. Pure.

export interface View {
  readonly start: number;
  readonly end: number;
  /** Pixels. */
  readonly width: number;
}

export function toX(view: View, time: number): number {
  const length = view.end - view.start;
  if (length <= 0) return 0;
  return Math.min(1, Math.max(0, (time - view.start) / length)) * view.width;
}

export function toTime(view: View, x: number): number {
  if (view.width <= 0) return view.start;
  return view.start + Math.min(1, Math.max(0, x / view.width)) * (view.end - view.start);
}

export interface Bar { readonly x: number; readonly width: number }

/** Even a gap of one second in three hours has to be seen. */
export const LEAST = 3;

export function barOf(view: View, from: number, to: number, least = 0): Bar | null {
  if (to <= view.start || from >= view.end) return null;
  const x = toX(view, from);
  const width = Math.max(toX(view, to) - x, least);
  return { x: Math.min(x, view.width - Math.min(width, view.width)), width };
}

const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

/** Round moments for the axis, at least `room` pixels apart. Vietnam is whole hours from UTC, so unix multiples are round there too. */
export function ticksOf(view: View, room = 100): number[] {
  const length = view.end - view.start;
  if (length <= 0 || view.width <= 0) return [];
  const step = STEPS.find((one) => (one / length) * view.width >= room) ?? 14_400;
  const ticks: number[] = [];
  for (let at = Math.ceil(view.start / step) * step; at <= view.end; at += step) ticks.push(at);
  return ticks;
}

export interface Placed<T> {
  readonly item: T;
  readonly x: number;
  /** Pixels up to the next mark. */
  readonly room: number;
}

/** The narrowest thing that a finger or an unsteady mouse still hits. */
export const TARGET = 24;

/** Marks from left to right with the room they have before the next one; those at the right end stand a little inside. */
export function placeMarks<T>(view: View, items: readonly T[], at: (item: T) => number): Placed<T>[] {
  const inside = items.filter((item) => at(item) >= view.start - 0.001 && at(item) <= view.end + 0.001)
    .sort((a, b) => at(a) - at(b));
  const xOf = (item: T): number => Math.min(toX(view, at(item)), Math.max(view.width - TARGET, 0));
  return inside.map((item, i) => {
    const next = inside[i + 1];
    return { item, x: xOf(item), room: (next === undefined ? view.width : xOf(next)) - xOf(item) };
  });
}
