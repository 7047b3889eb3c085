// Everything a part of the page may show, put together once per change.
import type { Link } from "../connection";
import type { Command, HallKey, RoomConfig, RoomState } from "../contract";
import type { Presences, StagePlan } from "../halls";
import type { OwnMicrophone } from "../line";
import type { Problem } from "../own/problems";
import type { Figures, Transport } from "../transport/transport";

export interface Refusal {
  sentence: string;
  code: string;
}

export interface View {
  config: RoomConfig;
  state: RoomState | null;
  link: Link;
  transport: Transport | null;
  presences: Presences;
  seen: ReadonlySet<HallKey>;
  plan: StagePlan;
  figures: ReadonlyMap<HallKey, Figures>;
  refusal: Refusal | null;
  busy: Command | null;
  soundBlocked: boolean;
  listens: boolean;
  own: {
    camera: MediaStreamTrack | null;
    cameraProblem: Problem | null;
    microphoneProblem: Problem | null;
    microphone: OwnMicrophone;
  };
}

/** What a person can do; the parts of the page call these and never talk to Django or the engine themselves. */
export interface Deeds {
  command(name: Command, fields?: Record<string, string>): void;
  join(takeover: boolean): void;
  turnPage(page: number): void;
  setMuted(muted: boolean): void;
  reopen(kind: "camera" | "microphone"): void;
  startSound(): void;
  setListens(listens: boolean): void;
}

export interface Part {
  node: HTMLElement;
  update(view: View): void;
}
