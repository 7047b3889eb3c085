import type { HallState } from "../contract";
import { attribute, make, show, write } from "../dom";
import { hallCode, microphoneCode } from "../halls";
import { HALL_WORDS, MICROPHONE_WORDS } from "../words";
import { createPicture } from "./picture";
import type { View } from "./view";

export interface Tile {
  node: HTMLElement;
  update(view: View, hall: HallState, own: boolean): void;
}

export function createTile(moved: () => void, remote = true): Tile {
  const picture = createPicture({ remote, moved });
  const blank = make("p", { class: "tile-blank" });
  const name = make("span", { class: "tile-name" });
  const central = make("span", { class: "tile-central" }, "Trung tâm");
  const shape = make("span", { class: "tile-shape", "aria-hidden": "true" });
  const word = make("span");
  const state = make("span", { class: "tile-state" }, shape, " ", word);
  const microphone = make("span", { class: "tile-microphone" });
  const figures = make("span", { class: "tile-figures" });
  const node = make(
    "article",
    { class: "tile" },
    make("div", { class: "tile-picture" }, picture.video, blank, figures),
    make(
      "footer",
      { class: "tile-plate" },
      make("span", { class: "tile-who" }, name, central),
      make("span", { class: "tile-words" }, state, microphone),
    ),
  );

  return {
    node,
    update(view, hall, own) {
      if (!view.state) return;
      const presence = view.presences.get(hall.hall);
      picture.show(own ? view.own.camera : (view.transport?.picture(hall.hall) ?? null));
      const moving = picture.moving();
      const code = hallCode(view.state, hall, presence, view.seen.has(hall.hall), own || view.transport !== null);
      const words = HALL_WORDS[code];
      attribute(node, "data-hall", hall.hall);
      attribute(node, "data-state", code);
      attribute(node, "data-picture", moving ? "1" : "0");
      attribute(node, "data-speaking", presence?.microphone === "live" && presence.speaking ? "1" : "0");
      attribute(node, "data-microphone", presence?.microphone ?? "none");
      attribute(node, "data-own", own);
      attribute(node, "aria-label", `${hall.name}: ${words.word}`);
      attribute(state, "data-tone", words.tone);
      write(name, hall.name);
      attribute(name, "title", hall.name);
      // The name often says it already.
      show(central, hall.central && !/trung tâm/i.test(hall.name));
      write(shape, words.shape);
      write(word, words.word);
      write(microphone, MICROPHONE_WORDS[microphoneCode(view.state, hall, presence)]);
      write(blank, moving ? "" : blankWords(view, code, own));
      write(figures, figuresText(view, hall.hall));
    },
  };
}

function blankWords(view: View, code: string, own: boolean): string {
  if (own) return view.own.camera ? "" : "Camera không có hình";
  if (view.link.connection === "offline") return "";
  if (view.link.connection !== "connected") return "Đang kết nối lại…";
  if (code === "away" || code === "dropped" || code === "removed") return HALL_WORDS[code].word;
  return "Đang chờ hình…";
}

/** Grades of the profile: under 3 % loss good, 3 to 8 % weak, above that bad. */
function figuresText(view: View, hall: string): string {
  const seen = view.figures.get(hall);
  if (!seen) return "";
  const grade = seen.loss < 3 ? "Tốt" : seen.loss <= 8 ? "Yếu" : "Kém";
  const loss = seen.loss.toLocaleString("vi-VN", { maximumFractionDigits: 1 });
  return `${grade} · mất ${loss}% · ${seen.kbps} kbit/s · ${seen.width}×${seen.height} · ${Math.round(seen.fps)} hình/s`;
}
