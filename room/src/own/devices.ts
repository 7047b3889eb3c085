// The devices that the readiness page chose on this machine.
export interface Chosen {
  camera?: string;
  microphone?: string;
  speaker?: string;
}

const KEY = "tiepdan.devices";

export function chosenDevices(): Chosen {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {}) as Chosen;
  } catch {
    return {};
  }
}

export function chooseDevice(kind: keyof Chosen, id: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...chosenDevices(), [kind]: id }));
  } catch {
    // Storage may be forbidden on a shared machine: then the system's own devices are used.
  }
}

export async function listDevices(kind: MediaDeviceKind): Promise<MediaDeviceInfo[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return all.filter((device) => device.kind === kind && device.deviceId !== "");
}
