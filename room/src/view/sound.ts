// Plays the sound that the wish names, and nothing else; says when the browser forbids it.
import type { HallKey } from "../contract";
import { metrics } from "../metrics";
import { chosenDevices } from "../own/devices";
import type { Transport } from "../transport/transport";

export interface Sound {
  play(transport: Transport | null, halls: ReadonlySet<HallKey>): void;
  blocked(): boolean;
  start(): void;
}

/** Below this a packet is the noise of a quiet room. */
const AUDIBLE = 0.003;

export function createSound(changed: () => void): Sound {
  const players = new Map<HallKey, { audio: HTMLAudioElement; track: MediaStreamTrack }>();
  let refused = false;

  function play(audio: HTMLAudioElement): void {
    audio.play().catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== "NotAllowedError" || refused) return;
      refused = true;
      changed();
    });
  }

  function drop(hall: HallKey): void {
    const player = players.get(hall);
    if (player) player.audio.srcObject = null;
    players.delete(hall);
  }

  return {
    play(transport, halls) {
      for (const hall of players.keys()) if (!halls.has(hall)) drop(hall);
      for (const hall of halls) {
        const track = transport?.sound(hall) ?? null;
        if (track === (players.get(hall)?.track ?? null)) continue;
        drop(hall);
        if (!track || !transport) continue;
        const audio = new Audio();
        audio.srcObject = new MediaStream([track]);
        const { speaker } = chosenDevices();
        // Chromium and Firefox can choose the loudspeaker; elsewhere the system's own one plays.
        if (speaker && "setSinkId" in audio) void audio.setSinkId(speaker).catch(() => undefined);
        players.set(hall, { audio, track });
        play(audio);
        watchFirstSound(transport, hall, () => players.get(hall)?.track === track);
      }
    },
    blocked: () => refused,
    start() {
      refused = false;
      for (const { audio } of players.values()) play(audio);
      changed();
    },
  };
}

function watchFirstSound(transport: Transport, hall: HallKey, still: () => boolean): void {
  let looks = 0;
  const look = () => {
    if (!still()) return;
    looks += 1;
    if ((transport.loudness(hall) ?? 0) > AUDIBLE) metrics.sound = { hall, at: performance.now() };
    else setTimeout(look, looks < 100 ? 20 : 200);
  };
  look();
}
