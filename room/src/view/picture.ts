// A picture counts as there while frames arrive, not because a track was announced.
import { metrics } from "../metrics";

const STALE_MS = 2000;

export interface Picture {
  video: HTMLVideoElement;
  show(track: MediaStreamTrack | null): void;
  moving(): boolean;
}

export function createPicture(options: { remote: boolean; moved: () => void }): Picture {
  const video = document.createElement("video");
  video.autoplay = true;
  video.muted = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  let shown: MediaStreamTrack | null = null;
  let lastFrame = Number.NEGATIVE_INFINITY;

  const frame = () => {
    const first = performance.now() - lastFrame > STALE_MS;
    lastFrame = performance.now();
    if (options.remote) metrics.picture ??= lastFrame;
    if (first) options.moved();
    if (exact) video.requestVideoFrameCallback(frame);
  };
  const exact = "requestVideoFrameCallback" in video;
  if (exact) video.requestVideoFrameCallback(frame);
  else (video as HTMLVideoElement).addEventListener("timeupdate", frame); // older Firefox

  return {
    video,
    show(track) {
      if (track === shown) return;
      shown = track;
      lastFrame = Number.NEGATIVE_INFINITY;
      video.srcObject = track ? new MediaStream([track]) : null;
      if (track) void video.play().catch(() => undefined); // muted pictures may always play; a quick change aborts
    },
    moving: () => shown !== null && performance.now() - lastFrame < STALE_MS,
  };
}
