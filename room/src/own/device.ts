// Keeps one device of this hall open, whatever happens to cable, permission or other programs.
import { capture } from "./capture";
import { type DeviceKind, type Problem, problem, problemOf } from "./problems";

export interface Device {
  track(): MediaStreamTrack | null;
  problem(): Problem | null;
  open(): Promise<void>;
  close(): void;
}

const RETRY_MS = 3000;

export function keepDevice(kind: DeviceKind, changed: () => void): Device {
  let track: MediaStreamTrack | null = null;
  let trouble: Problem | null = null;
  let opening: Promise<void> | null = null;
  let closed = false;
  let had = false;

  async function tryOpen(): Promise<void> {
    try {
      const fresh = await capture(kind);
      if (closed) {
        fresh.stop();
        return;
      }
      track = fresh;
      had = true;
      trouble = null;
      fresh.addEventListener("ended", () => lost(fresh));
    } catch (error) {
      const found = problemOf(kind, error);
      // A device that worked and is gone is a lost device for the operator, not a missing one.
      trouble = had && found.code === "missing" ? problem(kind, "lost") : found;
    }
    changed();
  }

  function open(): Promise<void> {
    if (closed || track?.readyState === "live") return Promise.resolve();
    opening ??= tryOpen().finally(() => {
      opening = null;
    });
    return opening;
  }

  function lost(gone: MediaStreamTrack): void {
    if (gone !== track) return;
    track = null;
    trouble = problem(kind, "lost");
    changed();
    void open();
  }

  const again = () => {
    if (trouble) void open();
  };
  // A refusal is not asked again and again: some browsers would show their question each time.
  setInterval(() => {
    if (trouble && trouble.code !== "refused" && trouble.code !== "insecure") again();
  }, RETRY_MS);
  navigator.mediaDevices?.addEventListener("devicechange", again);
  navigator.permissions
    ?.query({ name: kind as PermissionName })
    .then((permission) => permission.addEventListener("change", again))
    .catch(() => undefined); // Firefox knows no such permission: then the button is the way.

  return {
    track: () => track,
    problem: () => trouble,
    open,
    close() {
      closed = true;
      track?.stop();
      track = null;
    },
  };
}
