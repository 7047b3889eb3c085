// The port to the media engine, in our own words. Only livekit.ts knows the engine's library.
import type { HallKey } from "../contract";
import type { Presences } from "../halls";
import type { Loss } from "../retry";
import type { Wish } from "../subscriptions";

export type OwnSource = "camera" | "microphone";

/** Quality of a picture that arrives, for the technician. */
export interface Figures {
  loss: number;
  kbps: number;
  width: number;
  height: number;
  fps: number;
}

export interface TransportEvents {
  /** The engine's note of the room (JSON text). */
  note(text: string): void;
  /** Somebody came, left, published, spoke; or own rights or own tracks changed. Read the getters again. */
  changed(): void;
  /** The engine's client lost the line and tries by itself. */
  interrupted(): void;
  resumed(): void;
  /** It gave up, or we were let go. This transport is finished; a new one is needed. */
  lost(loss: Loss): void;
}

export interface Transport {
  connect(url: string, token: string): Promise<void>;
  leave(): Promise<void>;
  note(): string;
  halls(): Presences;
  /** Makes the wish true for what is published now and for what comes later. */
  want(wish: Wish): void;
  picture(hall: HallKey): MediaStreamTrack | null;
  sound(hall: HallKey): MediaStreamTrack | null;
  mayPublish(source: OwnSource): boolean;
  published(source: OwnSource): MediaStreamTrack | null;
  publish(source: OwnSource, track: MediaStreamTrack): Promise<void>;
  withdraw(source: OwnSource): Promise<void>;
  /** Silence at the source, still published. */
  mute(muted: boolean): Promise<void>;
  figures(): Promise<ReadonlyMap<HallKey, Figures>>;
}

export type MakeTransport = (events: TransportEvents) => Transport;
