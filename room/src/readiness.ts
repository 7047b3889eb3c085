// The hall's device check: large steps, one on the screen at a time, and at the end the door of the room.
import "./css/readiness.css";
import phone from "@tabler/icons/outline/phone.svg";
import { dayText } from "./clock";
import { pageConfig } from "./contract";
import { attribute, button, hold, icon, make, show, write } from "./dom";
import { createCameraStep } from "./readiness/camera";
import { createMicrophoneStep } from "./readiness/microphone";
import { createRulesStep } from "./readiness/rules";
import { createSpeakerStep } from "./readiness/speaker";
import type { Result, Step, StepName } from "./readiness/step";
import { post } from "./requests";
import { pointName } from "./words";

interface ReadinessConfig {
  csrf: string;
  reception: { code: string; title: string; starts_at: string };
  hall_name: string;
  phone: string;
  urls: { room: string; result: string };
}

const LABELS: Record<StepName, string> = { camera: "Camera", speaker: "Loa", microphone: "Micro", rules: "Vào phòng" };
const MARKS = {
  ok: { shape: "✓", word: "Đạt", tone: "ok" },
  bad: { shape: "■", word: "Chưa đạt", tone: "danger" },
  now: { shape: "◆", word: "Đang làm", tone: "civic" },
  none: { shape: "○", word: "Chưa làm", tone: "quiet" },
};

function start(root: HTMLElement, config: ReadinessConfig): void {
  const results: Partial<Record<StepName, Result>> = {};
  const detail: Record<string, string | number> = {};
  let at = 0;

  const done = (name: StepName, result: Result, more: Record<string, string | number> = {}) => {
    results[name] = result;
    Object.assign(detail, more);
    go(at + 1);
  };

  async function enterRoom(): Promise<string> {
    const fields = {
      camera: results.camera ?? "none",
      microphone: results.microphone ?? "none",
      speaker: results.speaker ?? "none",
      detail: JSON.stringify({ ...detail, browser: navigator.userAgent.slice(0, 200) }),
    };
    const answer = await post(config.urls.result, config.csrf, fields);
    if (answer.kind === "refused") return answer.sentence;
    if (answer.kind === "unreachable") return "Mất kết nối tới máy chủ. Kiểm tra mạng rồi bấm lại «Vào phòng».";
    location.assign(config.urls.room);
    return "";
  }

  const steps: Step[] = [
    createCameraStep(done),
    createSpeakerStep(done),
    createMicrophoneStep(config.hall_name, done),
    createRulesStep(enterRoom),
  ];
  const place = make("div", { class: "ready-place" });
  const marks = steps.map((step, number) => {
    const word = make("span", { class: "ready-word" });
    const press = button("", "ready-step", () => go(number), { "data-goto": step.name });
    press.append(make("strong", {}, `${number + 1}. ${LABELS[step.name]}`), word);
    return { press, word, name: step.name };
  });

  function go(next: number): void {
    if (next >= steps.length) return;
    steps[at]?.leave();
    at = next;
    const step = steps[at];
    if (!step) return;
    attribute(root, "data-step", step.name);
    hold(place, [step.node]);
    step.enter();
    const heading = step.node.querySelector("h2");
    if (heading && step.name !== "rules") {
      heading.tabIndex = -1;
      heading.focus();
    }
    update();
  }

  function update(): void {
    marks.forEach(({ press, word, name }, number) => {
      const result = results[name];
      const mark = number === at ? MARKS.now : result === "ok" ? MARKS.ok : result ? MARKS.bad : MARKS.none;
      write(word, `${mark.shape} ${mark.word}`);
      attribute(word, "data-tone", mark.tone);
      attribute(press, "aria-current", number === at ? "step" : null);
      // Steps are taken in order; one may go back to any that was reached.
      press.disabled = number > Object.keys(results).length;
    });
  }

  const call = make(
    "a",
    { class: "btn btn-outline-primary ready-call", href: `tel:${config.phone.replace(/\s/g, "")}` },
    icon(phone),
    `Gọi kỹ thuật trung tâm: ${config.phone}`,
  );
  show(call, config.phone !== "");
  root.classList.add("ready");
  root.append(
    make(
      "header",
      { class: "ready-head" },
      make("h1", {}, `Chuẩn bị ${pointName(config.hall_name)}`),
      make("p", {}, `Buổi tiếp ${config.reception.code} · ${dayText(config.reception.starts_at)}`),
      make("p", { class: "ready-title" }, config.reception.title),
    ),
    make(
      "div",
      { class: "ready-body" },
      make("nav", { class: "ready-steps", "aria-label": "Các bước" }, ...marks.map(({ press }) => press), call),
      place,
    ),
  );
  go(0);
}

const root = document.getElementById("readiness");
if (root) start(root, pageConfig<ReadinessConfig>("readiness-config"));
