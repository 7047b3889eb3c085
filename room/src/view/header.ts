// The top line that every seat sees: which reception, phase, clock, elapsed time, recorder light.
import phone from "@tabler/icons/outline/phone.svg";
import { clockText, officeNow, sinceText } from "../clock";
import { attribute, icon, make, show, write } from "../dom";
import { PHASE_WORDS, recorderWords } from "../words";
import type { Part, View } from "./view";

const ROLE_WORDS = {
  point: "Điểm cầu",
  chair: "Người chủ trì",
  secretary: "Thư ký",
  technician: "Kỹ thuật trung tâm",
  observer: "Quan sát",
};

export function createHeader(view: View): Part {
  const { config } = view;
  const phase = make("span", { class: "head-phase", "data-part": "phase" });
  const clock = make("time", { class: "head-clock", "data-part": "clock" });
  const elapsed = make("span", { class: "head-elapsed", "data-part": "elapsed" });
  const recorder = make("span", { class: "head-recorder", "data-part": "recorder", role: "status" });
  const who = config.role === "point" ? config.hall_name : ROLE_WORDS[config.role];
  const node = make(
    "header",
    { class: "head" },
    make(
      "div",
      { class: "head-title" },
      make("h1", {}, `Buổi tiếp ${config.code}`),
      make("p", { title: config.title }, config.title),
    ),
    phase,
    make("div", { class: "head-time" }, clock, elapsed),
    recorder,
    make("div", { class: "head-who" }, make("strong", {}, who), config.role === "point" ? null : phoneLink(config.phone)),
  );
  return {
    node,
    update({ state }) {
      write(clock, clockText(officeNow()));
      if (!state) return;
      write(phase, PHASE_WORDS[state.phase]);
      attribute(phase, "data-tone", state.phase === "open" ? "civic" : state.phase === "paused" ? "warn" : "quiet");
      const running = state.phase === "open" || state.phase === "paused";
      write(elapsed, running && state.opened_at ? `Đã tiếp ${sinceText(state.opened_at)}` : "");
      // Before the opening and during it the light tells the truth; afterwards the recording is closed on purpose.
      show(recorder, state.phase !== "closed" && state.phase !== "sealed");
      const words = recorderWords(state);
      write(recorder, words.text);
      attribute(recorder, "data-tone", words.tone);
      attribute(recorder, "data-running", String(state.recording.running));
    },
  };
}

function phoneLink(number: string): HTMLElement | null {
  if (!number) return null;
  const link = make("a", { class: "head-phone", href: `tel:${number.replace(/\s/g, "")}` }, number);
  link.prepend(icon(phone));
  attribute(link, "aria-label", `Gọi kỹ thuật trung tâm ${number}`);
  return link;
}
