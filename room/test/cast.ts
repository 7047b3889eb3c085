// One small reception for all tests of the room.
import type { HallKey, HallState, RoomState } from "../src/contract";
import type { Presence } from "../src/halls";

export function hall(key: HallKey, more: Partial<HallState> = {}): HallState {
  return { hall: key, name: `Hội trường ${key}`, point: key, central: false, locked: false, removed: false, ...more };
}

export function room(more: Partial<RoomState> = {}): RoomState {
  return {
    v: 1,
    reception: { code: "BT-2026-012", title: "Tiếp công dân định kỳ" },
    phase: "open",
    opened_at: "2026-12-17T01:30:00.000Z",
    paused_at: null,
    pause_reason: "",
    closed_at: null,
    floor: null,
    halls: [
      hall("p5", { central: true, name: "Điểm cầu trung tâm" }),
      hall("p7", { name: "Xã Thanh Lộc" }),
      hall("p8"),
    ],
    recording: { running: 2, wanted: 2 },
    alarms: [],
    ...more,
  };
}

export function many(count: number): RoomState {
  return room({ halls: [hall("p5", { central: true }), ...Array.from({ length: count - 1 }, (_, at) => hall(`p${at + 10}`))] });
}

export function floor(key: HallKey): RoomState["floor"] {
  return { hall: key, since: "2026-12-17T01:40:00.000Z" };
}

export function present(more: Partial<Presence> = {}): Presence {
  return { identity: "p7.1", camera: true, microphone: "none", weak: false, speaking: false, ...more };
}
