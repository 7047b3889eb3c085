// Times for the bench, in performance.now() of this page (performance.timeOrigin makes them comparable between pages).
import type { HallKey } from "./contract";

interface Metrics {
  join: number | null;
  ticket: number | null;
  connected: number | null;
  picture: number | null;
  command: { name: string; at: number } | null;
  floor: { hall: HallKey | null; at: number } | null;
  /** `arrived`: first packets; `at`: first audible sample. */
  sound: { hall: HallKey; arrived: number; at: number } | null;
}

export const metrics: Metrics = {
  join: null,
  ticket: null,
  connected: null,
  picture: null,
  command: null,
  floor: null,
  sound: null,
};

declare global {
  interface Window {
    tiepdan: { metrics: Metrics };
  }
}

export function exposeMetrics(): void {
  window.tiepdan = { metrics };
}
