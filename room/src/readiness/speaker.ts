import { button, make } from "../dom";
import { chosenDevices } from "../own/devices";
import { createChooser } from "./chooser";
import { createAdvice, type Done, skipButton, type Step } from "./step";

/** Four rising notes: heard in a large hall, and not taken for speech or alarm. */
const NOTES = [523, 659, 784, 1047];
const NOTE_SECONDS = 0.35;

export function createSpeakerStep(done: Done): Step {
  const advice = createAdvice();
  let context: AudioContext | null = null;

  async function play(): Promise<void> {
    await context?.close().catch(() => undefined);
    context = new AudioContext();
    const { speaker } = chosenDevices();
    // Chromium can send WebAudio to a chosen loudspeaker; other browsers use the system's.
    const choosing = context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
    if (speaker) await choosing.setSinkId?.(speaker).catch(() => undefined);
    await context.resume();
    ring(context);
  }

  const chooser = createChooser("speaker", "Loa", () => void play());
  const listen = button("Nghe thử", "btn-outline-primary", () => void play(), { "data-action": "play" });
  const yes = button("Nghe rõ", "btn-primary", () => done("speaker", "ok"), { "data-action": "yes" });
  const no = button("Chưa", "btn-outline-primary", () => {
    advice.say("Kiểm tra loa đã cắm điện, đã bật và tăng âm lượng; chọn loa khác nếu có, rồi bấm «Nghe thử».");
  }, { "data-action": "no" });

  const node = make(
    "section",
    { class: "check" },
    make("h2", {}, "Loa: bạn nghe thấy tiếng không?"),
    make("p", {}, "Bấm «Nghe thử»: loa của hội trường sẽ phát bốn nốt nhạc."),
    listen,
    chooser.node,
    advice.node,
    make("div", { class: "check-buttons" }, yes, no, skipButton(() => done("speaker", "skipped"))),
  );
  return {
    name: "speaker",
    node,
    enter() {
      void chooser.refresh(chosenDevices().speaker).catch(() => undefined);
    },
    leave() {
      void context?.close().catch(() => undefined);
      context = null;
    },
  };
}

function ring(context: AudioContext): void {
  NOTES.forEach((pitch, at) => {
    const begin = context.currentTime + at * NOTE_SECONDS;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(0.4, begin + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + NOTE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + NOTE_SECONDS);
  });
}
