// Choosing among several devices of a kind; with one there is nothing to choose and nothing is shown.
import { make, show } from "../dom";
import { type Chosen, chooseDevice, listDevices } from "../own/devices";

const KINDS: Record<keyof Chosen, MediaDeviceKind> = {
  camera: "videoinput",
  microphone: "audioinput",
  speaker: "audiooutput",
};

export interface Chooser {
  node: HTMLElement;
  refresh(current?: string): Promise<void>;
}

export function createChooser(kind: keyof Chosen, label: string, chosen: (id: string) => void): Chooser {
  const select = make("select", { class: "form-select", "data-field": kind });
  const node = make("label", { class: "check-chooser" }, label, select);
  show(node, false);
  select.addEventListener("change", () => {
    chooseDevice(kind, select.value);
    chosen(select.value);
  });
  return {
    node,
    async refresh(current) {
      const devices = await listDevices(KINDS[kind]);
      select.replaceChildren(
        ...devices.map((device, at) => {
          const option = make("option", { value: device.deviceId }, device.label || `${label} ${at + 1}`);
          option.selected = device.deviceId === current;
          return option;
        }),
      );
      if (current) chooseDevice(kind, current);
      show(node, devices.length > 1);
    },
  };
}
