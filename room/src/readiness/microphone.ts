import { attribute, button, make, show, write } from "../dom";
import { capture } from "../own/capture";
import { type Problem, problem, problemOf } from "../own/problems";
import { capital, pointName } from "../words";
import { createChooser } from "./chooser";
import { type Meter, meter, type Verdict, verdict } from "./level";
import { createAdvice, type Done, skipButton, type Step } from "./step";

/** How long one may read before being told that nothing, or too little, is heard. */
const PATIENCE = 60;

const WORDS: Record<Verdict, string> = {
  silent: "Chưa nghe thấy tiếng.",
  low: "Micro quá nhỏ. Đưa micro lại gần 20 cm rồi đọc lại.",
  good: "✓ Micro nghe rõ.",
};

export function createMicrophoneStep(hallName: string, done: Done): Step {
  const level = make("meter", { class: "check-level", min: "0", max: "1", low: "0.2", "aria-label": "Âm lượng micro" });
  const word = make("p", { class: "check-word", role: "status" }, WORDS.silent);
  const advice = createAdvice();
  let track: MediaStreamTrack | null = null;
  let listening: Meter | null = null;
  let trouble: Problem | null = null;
  let peaks: number[] = [];
  let here = false;

  function heard(peak: number): void {
    // The ear judges by ratios: a logarithmic bar moves with a quiet voice too.
    level.value = peak <= 0.001 ? 0 : 1 + Math.log10(peak) / 3;
    if (verdict(peaks) === "good") return;
    peaks.push(peak);
    const now = verdict(peaks);
    if (now === "good") advice.say("");
    else if (peaks.length > PATIENCE) {
      advice.say(now === "low" ? WORDS.low : "Chưa nghe thấy tiếng. Bật công tắc của micro, kiểm tra dây, rồi đọc lại.");
    }
    update();
  }

  async function open(): Promise<void> {
    close();
    try {
      const fresh = await capture("microphone");
      if (!here) return fresh.stop();
      track = fresh;
      trouble = null;
      fresh.addEventListener("ended", () => {
        if (fresh === track) tell(problem("microphone", "missing"));
      });
      advice.say("");
      listening = meter(fresh, heard);
      await chooser.refresh(fresh.getSettings().deviceId);
    } catch (error) {
      tell(problemOf("microphone", error));
    }
    update();
  }

  function tell(found: Problem): void {
    close();
    trouble = found;
    advice.say(found.sentence);
    update();
  }

  function close(): void {
    listening?.stop();
    listening = null;
    track?.stop();
    track = null;
    peaks = [];
  }

  function update(): void {
    const now = verdict(peaks);
    attribute(node, "data-problem", trouble?.code ?? null);
    attribute(node, "data-level", now);
    write(word, trouble ? "" : WORDS[now]);
    attribute(word, "data-tone", now === "good" ? "ok" : "quiet");
    show(retry, trouble !== null);
    show(next, trouble === null);
    show(skip, trouble !== null || now !== "good");
    show(level, trouble === null);
  }

  function passed(): void {
    const now = verdict(peaks);
    if (now === "good") done("microphone", "ok", { microphone: track?.label ?? "" });
    else advice.say(now === "low" ? WORDS.low : "Chưa nghe thấy tiếng. Đọc to câu trên màn hình trước micro.");
  }

  const chooser = createChooser("microphone", "Micro", () => void open());
  const next = button("Tiếp tục", "btn-primary", passed, { "data-action": "yes" });
  const retry = button("Thử lại", "btn-primary", () => void open(), { "data-action": "retry" });
  const skip = skipButton(() => done("microphone", trouble?.code ?? verdict(peaks)));
  const node = make(
    "section",
    { class: "check" },
    make("h2", {}, "Micro: đọc to câu dưới đây"),
    make("blockquote", { class: "check-sentence" }, `${capital(pointName(hallName))} đã sẵn sàng tham gia buổi tiếp công dân.`),
    level,
    word,
    chooser.node,
    advice.node,
    make("div", { class: "check-buttons" }, next, retry, skip),
  );
  return {
    name: "microphone",
    node,
    enter() {
      here = true;
      update();
      void open();
    },
    leave() {
      here = false;
      close();
    },
  };
}
