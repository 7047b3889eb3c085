// Makes what this hall sends equal to what it should send: camera always, microphone while the engine allows it.
import type { OwnMicrophone } from "../line";
import type { OwnSource, Transport } from "../transport/transport";

export interface Sources {
  camera(): MediaStreamTrack | null;
  microphone(): MediaStreamTrack | null;
}

export interface Publishing {
  /** Call after anything changed; runs until what is sent is right. */
  sync(transport: Transport | null): Promise<void>;
  setMuted(muted: boolean): void;
  muted(): boolean;
  microphone(): OwnMicrophone;
}

const RETRY_MS = 1000;

export function createPublishing(sources: Sources): Publishing {
  let engine: Transport | null = null;
  let muted = false;
  let running: { transport: Transport; done: Promise<void> } | null = null;
  let again = false;

  const allowed = () => engine?.mayPublish("microphone") ?? false;

  async function match(transport: Transport, source: OwnSource, wanted: MediaStreamTrack | null): Promise<void> {
    const sent = transport.published(source);
    if (sent && sent !== wanted) await transport.withdraw(source);
    if (wanted && sent !== wanted) await transport.publish(source, wanted);
  }

  async function once(transport: Transport): Promise<void> {
    const speaking = transport.mayPublish("microphone");
    const sent = transport.published("microphone") !== null;
    // Silence in a turn is a mute; but nothing is published just to be muted, that would let a moment slip out.
    await match(transport, "microphone", speaking && (sent || !muted) ? sources.microphone() : null);
    if (transport.published("microphone")) await transport.mute(muted);
    await match(transport, "camera", transport.mayPublish("camera") ? sources.camera() : null);
  }

  async function run(transport: Transport): Promise<void> {
    do {
      again = false;
      try {
        await once(transport);
      } catch {
        // The right was withdrawn in the meantime, or the line went: look again, the cause decides what is wanted then.
        setTimeout(() => engine === transport && void sync(transport), RETRY_MS);
      }
    } while (again && engine === transport);
    if (running?.transport === transport) running = null;
  }

  function sync(transport: Transport | null): Promise<void> {
    engine = transport;
    again = true;
    if (!transport) return Promise.resolve();
    // The next turn to speak begins with an open microphone, whatever was pressed during the last one.
    if (!transport.mayPublish("microphone")) muted = false;
    // A publication may hang on a connection that is gone; a new connection does not wait for it.
    if (running?.transport !== transport) running = { transport, done: run(transport) };
    return running.done;
  }

  return {
    sync,
    setMuted(value) {
      muted = value;
      void sync(engine);
    },
    muted: () => muted,
    microphone() {
      if (!engine || !allowed()) return "locked";
      return engine.published("microphone") && !muted ? "on" : "off";
    },
  };
}
