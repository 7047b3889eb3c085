// Loudness of a microphone, 0 to 1, and whether what was said was loud enough. Pure except for the reading itself.

/** A voice at half a metre reaches this; a hum or a far voice does not. */
export const LOUD = 0.05;
export const AUDIBLE = 0.01;
/** So many loud moments (of a tenth of a second) make a sentence. */
export const MOMENTS = 4;

export type Verdict = "silent" | "low" | "good";

export function verdict(peaks: readonly number[]): Verdict {
  if (peaks.filter((peak) => peak >= LOUD).length >= MOMENTS) return "good";
  return peaks.some((peak) => peak >= AUDIBLE) ? "low" : "silent";
}

export function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

export interface Meter {
  stop(): void;
}

export function meter(track: MediaStreamTrack, heard: (peak: number) => void): Meter {
  const context = new AudioContext();
  void context.resume().catch(() => undefined);
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  // The last tenth of a second at 48 kHz, so that nothing between two readings is missed.
  analyser.fftSize = 8192;
  source.connect(analyser);
  const samples = new Float32Array(4800);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    heard(peakOf(samples));
  }, 100);
  return {
    stop() {
      clearInterval(timer);
      source.disconnect();
      void context.close().catch(() => undefined);
    },
  };
}
