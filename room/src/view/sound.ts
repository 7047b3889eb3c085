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

/** Below this it is the noise of a quiet room. */
const AUDIBLE = 0.003;

let listening: AudioContext | null = null;

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
        watchFirstSound(track, hall, () => players.get(hall)?.track === track);
      }
    },
    blocked: () => refused,
    start() {
      refused = false;
      void listening?.resume();
      for (const { audio } of players.values()) play(audio);
      changed();
    },
  };
}

/** For the bench: when the first packets came, and when something could first be heard. */
function watchFirstSound(track: MediaStreamTrack, hall: HallKey, still: () => boolean): void {
  listening ??= new AudioContext();
  const source = listening.createMediaStreamSource(new MediaStream([track]));
  const analyser = listening.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let arrived: number | null = null;
  let looks = 0;
  const look = () => {
    if (!track.muted) arrived ??= performance.now();
    analyser.getFloatTimeDomainData(samples);
    const heard = samples.some((sample) => Math.abs(sample) > AUDIBLE);
    if (heard) metrics.sound = { hall, arrived: arrived ?? performance.now(), at: performance.now() };
    if (heard || !still()) source.disconnect();
    else setTimeout(look, (looks += 1) < 250 ? 20 : 250);
  };
  look();
}
