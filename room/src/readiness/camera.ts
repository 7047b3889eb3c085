import { attribute, button, make, show } from "../dom";
import { capture } from "../own/capture";
import { type Problem, problem, problemOf } from "../own/problems";
import { createChooser } from "./chooser";
import { createAdvice, type Done, skipButton, type Step } from "./step";

export function createCameraStep(done: Done): Step {
  const video = make("video", { class: "check-picture", "aria-label": "Hình từ camera của điểm cầu" });
  video.autoplay = true;
  video.muted = true;
  video.playsInline = true;
  const advice = createAdvice();
  let track: MediaStreamTrack | null = null;
  let trouble: Problem | null = null;
  let here = false;

  async function open(): Promise<void> {
    track?.stop();
    track = null;
    try {
      const fresh = await capture("camera");
      if (!here) return fresh.stop();
      track = fresh;
      trouble = null;
      fresh.addEventListener("ended", () => {
        if (fresh === track) tell(problem("camera", "missing"));
      });
      video.srcObject = new MediaStream([fresh]);
      await video.play().catch(() => undefined);
      advice.say("");
      await chooser.refresh(fresh.getSettings().deviceId);
    } catch (error) {
      tell(problemOf("camera", error));
    }
    update();
  }

  function tell(found: Problem): void {
    trouble = found;
    track = null;
    video.srcObject = null;
    advice.say(found.sentence);
    update();
  }

  function update(): void {
    attribute(node, "data-problem", trouble?.code ?? null);
    show(retry, trouble !== null);
    show(yes, trouble === null);
    show(no, trouble === null);
    show(skip, trouble !== null);
    show(video, trouble === null);
  }

  const chooser = createChooser("camera", "Camera", () => void open());
  const yes = button("Thấy rõ", "btn-primary", () => passed(), { "data-action": "yes" });
  const no = button("Chưa", "btn-outline-primary", () => {
    advice.say("Chọn camera khác ở ô «Camera», hoặc xoay camera cho thấy cả bàn công dân, rồi bấm «Thấy rõ».");
  }, { "data-action": "no" });
  const retry = button("Thử lại", "btn-primary", () => void open(), { "data-action": "retry" });
  const skip = skipButton(() => done("camera", trouble?.code ?? "skipped"));

  function passed(): void {
    const { width = 0, height = 0 } = track?.getSettings() ?? {};
    done("camera", track ? "ok" : "none", { camera: track?.label ?? "", width, height });
  }

  const node = make(
    "section",
    { class: "check" },
    make("h2", {}, "Camera: bạn thấy cả bàn công dân không?"),
    video,
    chooser.node,
    advice.node,
    make("div", { class: "check-buttons" }, yes, no, retry, skip),
  );

  return {
    name: "camera",
    node,
    enter() {
      here = true;
      update();
      void open();
    },
    leave() {
      here = false;
      track?.stop();
      track = null;
      video.srcObject = null;
    },
  };
}
