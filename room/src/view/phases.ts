// Opening, suspending, going on, closing: one primary button, and the end beside it.
import type { Command, Phase } from "../contract";
import { attribute, button, make, show } from "../dom";
import { SAY } from "../words";
import { ask } from "./dialog";
import type { Deeds, Part, View } from "./view";

const NEXT: Partial<Record<Phase, Command>> = { ready: "open", open: "suspend", paused: "resume" };

export function createPhases(deeds: Deeds): Part {
  let view: View | null = null;

  async function suspend(): Promise<void> {
    const answer = await ask({
      name: "suspend",
      title: "Tạm dừng buổi tiếp?",
      text: "Micro của các điểm cầu sẽ khóa, trừ điểm cầu trung tâm; việc ghi âm, ghi hình vẫn tiếp tục.",
      confirm: "Tạm dừng",
      danger: false,
      reason: { label: "Lý do", choices: view?.config.pause_reasons ?? [] },
    });
    if (answer) deeds.command("suspend", answer);
  }

  async function close(): Promise<void> {
    const answer = await ask({
      name: "close",
      title: `Kết thúc buổi tiếp ${view?.config.code ?? ""}`,
      text: SAY.closeQuestion,
      confirm: "Kết thúc buổi tiếp",
      danger: true,
    });
    if (answer) deeds.command("close");
  }

  const buttons: Partial<Record<Command, HTMLButtonElement>> = {
    open: button("Khai mạc buổi tiếp", "btn-primary", () => deeds.command("open"), { "data-command": "open" }),
    suspend: button("Tạm dừng", "btn-primary", () => void suspend(), { "data-command": "suspend" }),
    resume: button("Tiếp tục", "btn-primary", () => deeds.command("resume"), { "data-command": "resume" }),
    close: button("Kết thúc buổi tiếp", "btn-outline-danger", () => void close(), { "data-command": "close" }),
  };
  const node = make("div", { class: "phases" }, ...Object.values(buttons));

  return {
    node,
    update(next) {
      view = next;
      const { phase } = next.state ?? {};
      for (const [name, one] of Object.entries(buttons) as [Command, HTMLButtonElement][]) {
        const fits = name === "close" ? phase === "ready" || phase === "open" || phase === "paused" : phase && NEXT[phase] === name;
        show(one, !!fits && next.config.urls[name] !== undefined);
        attribute(one, "aria-busy", next.busy === name ? "true" : null);
      }
    },
  };
}
