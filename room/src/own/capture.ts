import { chosenDevices } from "./devices";
import type { DeviceKind } from "./problems";

/** `ideal`, not `exact`: a hall whose chosen camera broke is better shown by the other one than not at all. */
export async function capture(kind: DeviceKind, device = chosenDevices()[kind]): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices) throw Object.assign(new Error("no media devices"), { name: "InsecureError" });
  const id = device ? { deviceId: { ideal: device } } : {};
  const stream = await navigator.mediaDevices.getUserMedia(
    kind === "camera"
      ? { video: { ...id, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } } }
      : { audio: { ...id, channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
  );
  const track = stream.getTracks()[0];
  if (!track) throw Object.assign(new Error("empty stream"), { name: "NotFoundError" });
  return track;
}
