// Differences between two readings of a receiver's counters.
import type { Figures } from "./transport";

interface Counters {
  at: number;
  bytes: number;
  packets: number;
  lost: number;
}

const last = new WeakMap<RTCRtpReceiver, Counters>();

export async function readFigures(receiver: RTCRtpReceiver): Promise<Figures> {
  const report = await receiver.getStats();
  let now: Counters = { at: performance.now(), bytes: 0, packets: 0, lost: 0 };
  let size = { width: 0, height: 0, fps: 0 };
  report.forEach((entry: RTCInboundRtpStreamStats) => {
    if (entry.type !== "inbound-rtp") return;
    now = { ...now, bytes: entry.bytesReceived ?? 0, packets: entry.packetsReceived ?? 0, lost: entry.packetsLost ?? 0 };
    size = { width: entry.frameWidth ?? 0, height: entry.frameHeight ?? 0, fps: entry.framesPerSecond ?? 0 };
  });
  const before = last.get(receiver) ?? { ...now, at: now.at - 1000 };
  last.set(receiver, now);
  return { ...rates(before, now), ...size };
}

export function rates(before: Counters, now: Counters): { loss: number; kbps: number } {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const lost = Math.max(0, now.lost - before.lost);
  const packets = Math.max(0, now.packets - before.packets);
  return {
    loss: packets + lost > 0 ? (100 * lost) / (packets + lost) : 0,
    kbps: Math.round(((now.bytes - before.bytes) * 8) / 1000 / seconds),
  };
}
