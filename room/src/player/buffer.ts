// One SourceBuffer with promises: a step at a time, each with its end or its error.

function settled(buffer: SourceBuffer, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const onError = (): void => { failed = true; };
    const onEnd = (): void => {
      buffer.removeEventListener("error", onError);
      buffer.removeEventListener("updateend", onEnd);
      if (failed) reject(new Error("append failed"));
      else resolve();
    };
    buffer.addEventListener("error", onError);
    buffer.addEventListener("updateend", onEnd);
    try {
      start();
    } catch (error) {
      buffer.removeEventListener("error", onError);
      buffer.removeEventListener("updateend", onEnd);
      reject(error);
    }
  });
}

export function append(buffer: SourceBuffer, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  return settled(buffer, () => buffer.appendBuffer(bytes));
}

export function remove(buffer: SourceBuffer, from: number, to: number): Promise<void> {
  return from < to ? settled(buffer, () => buffer.remove(from, to)) : Promise.resolve();
}

export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

export interface Range { readonly from: number; readonly to: number }

/** The buffered range that holds `time`; a start up to `slack` later counts. */
export function rangeAt(ranges: TimeRanges, time: number, slack = 0): Range | null {
  for (let i = 0; i < ranges.length; i += 1) {
    if (ranges.start(i) - slack <= time && time < ranges.end(i)) return { from: ranges.start(i), to: ranges.end(i) };
  }
  return null;
}

/** What the browser is told. H.264 is wrapped as MP4 on the way (mp4.ts), the rest goes in as it was recorded. */
export function mimeOf(source: string, codec: string): string {
  if (codec === "h264") return 'video/mp4; codecs="avc1.64001F"';
  return `${source === "microphone" || source === "sound" ? "audio" : "video"}/webm; codecs="${codec}"`;
}
