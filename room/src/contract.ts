// What Django and the engine tell a room page. Fields and codes are documented in docs/architecture.md.

export type Phase = "ready" | "open" | "paused" | "closed" | "sealed";
export type Role = "point" | "chair" | "secretary" | "technician" | "observer";
export type HallKey = string;

export interface HallState {
  hall: HallKey;
  name: string;
  point: string;
  central: boolean;
  locked: boolean;
  removed: boolean;
}

export interface Alarm {
  level: "warning" | "danger";
  sentence: string;
}

export interface RoomState {
  v: number;
  reception: { code: string; title: string };
  phase: Phase;
  opened_at: string | null;
  paused_at: string | null;
  pause_reason: string;
  closed_at: string | null;
  floor: { hall: HallKey; since: string } | null;
  halls: HallState[];
  recording: { running: number; wanted: number };
  alarms: Alarm[];
}

export interface Ticket {
  url: string;
  token: string;
  identity: string;
  hall: HallKey | null;
  role: Role;
  state: RoomState;
}

export const COMMANDS = [
  "open",
  "suspend",
  "resume",
  "close",
  "floor",
  "withdraw",
  "lock",
  "eject",
  "readmit",
] as const;
export type Command = (typeof COMMANDS)[number];

export interface RoomConfig {
  csrf: string;
  code: string;
  title: string;
  role: Role;
  hall: HallKey | null;
  hall_name: string;
  phone: string;
  pause_reasons: string[];
  urls: { ticket: string; state: string } & Partial<
    Record<Command | "prepare" | "recording" | "home", string>
  >;
}

/** `p7.12` → `p7`; stations (`s…`) and recorders (`r…`) are no halls. */
export function hallOf(identity: string): HallKey | null {
  const key = identity.split(".", 1)[0] ?? "";
  return /^p\d+$/.test(key) ? key : null;
}

/** The page's configuration: JSON in a script element, because the CSP lets no script stand in the page itself. */
export function pageConfig<T>(id: string): T {
  const text = document.getElementById(id)?.textContent;
  if (!text) throw new Error(`the page has no #${id}`);
  return JSON.parse(text) as T;
}
