import { expect, test } from "vitest";
import { createPublishing } from "../src/own/publishing";
import { NOTHING } from "../src/subscriptions";
import type { OwnSource, Transport } from "../src/transport/transport";

/** An engine in memory, at our own port. */
function engine(rights: { camera: boolean; microphone: boolean }) {
  const sent = new Map<OwnSource, MediaStreamTrack>();
  const log: string[] = [];
  let muted = false;
  const transport: Transport = {
    connect: async () => undefined,
    leave: async () => undefined,
    note: () => "",
    halls: () => new Map(),
    want: (wish) => expect(wish).toBe(NOTHING),
    picture: () => null,
    sound: () => null,
    mayPublish: (source) => rights[source],
    published: (source) => sent.get(source) ?? null,
    async publish(source, track) {
      if (!rights[source]) throw new Error("no right");
      log.push(`publish ${source}`);
      sent.set(source, track);
      if (source === "microphone") muted = false;
    },
    async withdraw(source) {
      log.push(`withdraw ${source}`);
      sent.delete(source);
    },
    async mute(value) {
      if (value !== muted) log.push(value ? "mute" : "unmute");
      muted = value;
    },
    figures: async () => new Map(),
  };
  return { transport, sent, log, rights };
}

function hall() {
  const track = (name: string) => ({ label: name }) as MediaStreamTrack;
  const sources: { camera: MediaStreamTrack | null; microphone: MediaStreamTrack | null } = {
    camera: track("camera"),
    microphone: track("microphone"),
  };
  const publishing = createPublishing({ camera: () => sources.camera, microphone: () => sources.microphone });
  return { publishing, sources, track };
}

test("the camera is always sent, the microphone only while the engine allows it", async () => {
  const { publishing } = hall();
  const room = engine({ camera: true, microphone: false });
  await publishing.sync(room.transport);
  expect([...room.sent.keys()]).toEqual(["camera"]);
  expect(publishing.microphone()).toBe("locked");
  room.rights.microphone = true;
  await publishing.sync(room.transport);
  expect(publishing.microphone()).toBe("on");
  room.rights.microphone = false;
  await publishing.sync(room.transport);
  expect([...room.sent.keys()]).toEqual(["camera"]);
  expect(publishing.microphone()).toBe("locked");
});

test("the microphone goes first when a hall joins with the floor: sound is what is waited for", async () => {
  const { publishing } = hall();
  const room = engine({ camera: true, microphone: true });
  await publishing.sync(room.transport);
  expect(room.log).toEqual(["publish microphone", "publish camera"]);
});

test("a pressed silence stays through a new connection without a moment of sound", async () => {
  const { publishing } = hall();
  const first = engine({ camera: true, microphone: true });
  await publishing.sync(first.transport);
  publishing.setMuted(true);
  await publishing.sync(first.transport);
  expect(first.log).toContain("mute");
  expect(publishing.microphone()).toBe("off");
  const second = engine({ camera: true, microphone: true });
  await publishing.sync(second.transport);
  expect(second.log).toEqual(["publish camera"]);
  expect(publishing.microphone()).toBe("off");
  publishing.setMuted(false);
  await publishing.sync(second.transport);
  expect(publishing.microphone()).toBe("on");
});

test("the next turn begins with an open microphone", async () => {
  const { publishing } = hall();
  const room = engine({ camera: true, microphone: true });
  await publishing.sync(room.transport);
  publishing.setMuted(true);
  room.rights.microphone = false;
  await publishing.sync(room.transport);
  room.rights.microphone = true;
  await publishing.sync(room.transport);
  expect(publishing.microphone()).toBe("on");
});

test("another camera replaces the one that was lost", async () => {
  const { publishing, sources, track } = hall();
  const room = engine({ camera: true, microphone: false });
  await publishing.sync(room.transport);
  sources.camera = null;
  await publishing.sync(room.transport);
  expect(room.sent.size).toBe(0);
  const next = track("other");
  sources.camera = next;
  await publishing.sync(room.transport);
  expect(room.sent.get("camera")).toBe(next);
});
