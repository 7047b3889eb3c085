// The chair's list: every hall of the plan with its state and the three commands that concern it.
import type { HallKey, HallState } from "../contract";
import { attribute, button, hold, make, show, write } from "../dom";
import { hallCode, microphoneCode } from "../halls";
import { HALL_WORDS, MICROPHONE_WORDS, pointName } from "../words";
import { ask } from "./dialog";
import type { Deeds, Part, View } from "./view";

interface Row {
  node: HTMLElement;
  update(view: View, hall: HallState): void;
}

export function createHallList(deeds: Deeds): Part {
  const rows = new Map<HallKey, Row>();
  const list = make("ul", { class: "halls-list" });
  const node = make("section", { class: "halls", "aria-label": "Các điểm cầu" }, list);
  return {
    node,
    update(view) {
      const halls = view.state?.halls ?? [];
      for (const hall of halls) if (!rows.has(hall.hall)) rows.set(hall.hall, createRow(deeds, hall.hall));
      const shown = halls.flatMap((hall) => rows.get(hall.hall) ?? []);
      hold(list, shown.map((row) => row.node));
      halls.forEach((hall) => rows.get(hall.hall)?.update(view, hall));
    },
  };
}

function createRow(deeds: Deeds, key: HallKey): Row {
  let hall: HallState | null = null;
  const hooks = (command: string) => ({ "data-command": command, "data-hall": key });
  const name = make("strong", { class: "hall-name" });
  const state = make("span", { class: "hall-state" });
  const microphone = make("span", { class: "hall-microphone" });

  const floor = button("Cho phát biểu", "btn-outline-primary", () => deeds.command("floor", { hall: key }), hooks("floor"));
  const lock = button(
    "Khóa micro",
    "btn-outline-primary",
    () => deeds.command("lock", { hall: key, locked: hall?.locked ? "0" : "1" }),
    hooks("lock"),
  );
  const eject = button("Mời ra khỏi phòng", "btn-outline-secondary", () => void askEject(), hooks("eject"));
  const readmit = button("Cho vào lại", "btn-primary", () => deeds.command("readmit", { hall: key }), hooks("readmit"));

  async function askEject(): Promise<void> {
    const answer = await ask({
      name: "eject",
      title: `Mời ${pointName(hall?.name ?? "")} ra khỏi phòng?`,
      text: "Điểm cầu sẽ mất hình và tiếng ngay. Có thể cho vào lại. Lý do được ghi vào nhật ký buổi tiếp.",
      confirm: "Mời ra khỏi phòng",
      danger: true,
      reason: { label: "Lý do", placeholder: "Ví dụ: gây rối trật tự tại hội trường" },
    });
    if (answer) deeds.command("eject", { hall: key, reason: answer.reason });
  }

  const node = make(
    "li",
    { class: "hall", "data-row": key },
    make("div", { class: "hall-words" }, name, make("span", { class: "hall-now" }, state, microphone)),
    make("div", { class: "hall-buttons" }, floor, lock, eject, readmit),
  );
  return {
    node,
    update(view, next) {
      hall = next;
      const { urls } = view.config;
      if (!view.state) return;
      const presence = view.presences.get(key);
      const code = hallCode(view.state, next, presence, view.seen.has(key), view.transport !== null);
      const words = HALL_WORDS[code];
      write(name, next.name);
      attribute(name, "title", next.name);
      write(state, `${words.shape} ${words.word}`);
      attribute(state, "data-tone", words.tone);
      write(microphone, next.locked ? "Micro đã khóa" : MICROPHONE_WORDS[microphoneCode(view.state, next, presence)]);
      attribute(node, "data-floor", view.state.floor?.hall === key);
      // The centre may always speak and is not sent out of its own reception.
      show(floor, !next.removed && !next.central && urls.floor !== undefined);
      show(lock, !next.removed && urls.lock !== undefined);
      show(eject, !next.removed && !next.central && urls.eject !== undefined);
      show(readmit, next.removed && urls.readmit !== undefined);
      write(lock, next.locked ? "Mở khóa micro" : "Khóa micro");
      attribute(lock, "data-locked", next.locked ? "1" : "0");
      for (const one of [floor, lock, eject, readmit]) {
        attribute(one, "aria-label", `${one.textContent}: ${next.name}`);
        attribute(one, "aria-busy", view.busy === one.dataset["command"] ? "true" : null);
      }
    },
  };
}
