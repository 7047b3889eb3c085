// A hall's own corner: its picture, its microphone, and what to do now in huge type.
import microphoneIcon from "@tabler/icons/outline/microphone.svg";
import microphoneOff from "@tabler/icons/outline/microphone-off.svg";
import phoneIcon from "@tabler/icons/outline/phone.svg";
import { attribute, icon, make, show, write } from "../dom";
import { operatorLine } from "../line";
import { findHall } from "../state";
import { SAY } from "../words";
import { createTile } from "./tile";
import type { Deeds, Part } from "./view";

export function createLine(): Part {
  const text = make("p", { class: "line-text" });
  const detail = make("p", { class: "line-detail" });
  const node = make("section", { class: "line", role: "status", "aria-label": "Việc cần làm bây giờ" }, text, detail);
  return {
    node,
    update({ state, config, link, own }) {
      const line = operatorLine(state, config.hall, link.connection, own.microphone);
      write(text, line.text);
      write(detail, line.detail);
      attribute(node, "data-tone", line.tone);
    },
  };
}

const WORDS = { locked: "Micro: đang khóa", on: "Micro: đang bật", off: "Micro: đang tắt" };

export function createOwnCorner(deeds: Deeds, moved: () => void, phone: string): Part {
  const tile = createTile(moved, false);
  const word = make("strong", { class: "own-word", role: "status" });
  const label = make("span");
  const press = make("button", { type: "button", class: "btn own-button", "data-action": "microphone" }, label);
  const icons = { on: icon(microphoneOff), off: icon(microphoneIcon) };
  const hint = make("p", { class: "own-hint", role: "alert" });
  let microphone: keyof typeof WORDS = "locked";
  press.addEventListener("click", () => {
    show(hint, microphone === "locked");
    write(hint, microphone === "locked" ? SAY.noSpeech : "");
    if (microphone !== "locked") deeds.setMuted(microphone === "on");
  });
  show(hint, false);
  const node = make("section", { class: "own", "aria-label": "Điểm cầu này" }, tile.node, word, press, hint, helpButton(phone));

  return {
    node,
    update(view) {
      const hall = findHall(view.state, view.config.hall);
      if (hall) tile.update(view, hall, true);
      if (view.own.microphone !== "locked") show(hint, false);
      microphone = view.own.microphone;
      write(word, WORDS[microphone]);
      attribute(word, "data-tone", microphone === "on" ? "ok" : "quiet");
      write(label, microphone === "on" ? "Tắt micro" : "Bật micro");
      const sign = microphone === "on" ? icons.on : icons.off;
      if (press.firstElementChild !== sign) {
        press.querySelector("svg")?.remove();
        press.prepend(sign);
      }
      // Stays to be pressed: then it says why it does nothing.
      attribute(press, "data-locked", microphone === "locked");
      press.classList.toggle("btn-primary", microphone === "off");
      press.classList.toggle("btn-outline-primary", microphone !== "off");
      show(press, view.link.connection === "connected");
    },
  };
}

/** The operator must never have to look for whom to call. */
function helpButton(phone: string): HTMLElement | null {
  if (!phone) return null;
  const number = make("strong", {}, phone);
  const words = make("span", {}, "Gọi kỹ thuật trung tâm", make("br"), number);
  return make("a", { class: "btn btn-outline-secondary own-help", href: `tel:${phone.replace(/\s/g, "")}` }, icon(phoneIcon), words);
}
