// What is seen of one hall: picture, name, state, the button to hear it and the one to enlarge it.
import type { Hall } from "./catalogue";
import { el, icon, show, text, type Icon } from "./dom";
import { clockText } from "./time";

export interface TileState {
  readonly gap: boolean;
  readonly loading: boolean;
  readonly trouble: string;
  /** When the picture comes back, unix seconds. */
  readonly next: number | null;
}

export interface Tile {
  readonly root: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly hear: HTMLButtonElement;
  readonly enlarge: HTMLButtonElement;
  show(state: TileState): void;
  mark(heard: boolean, speaking: boolean, large: boolean): void;
}

export function newTile(hall: Hall): Tile {
  const video = el("video", { class: "pl-video", playsinline: true, "aria-label": `Hình của ${hall.name}` });
  video.muted = true;
  video.disablePictureInPicture = true;
  const note = el("p", { class: "pl-tile-note" });
  const cover = el("div", { class: "pl-tile-cover", hidden: true }, note);
  const busy = el("p", { class: "pl-tile-busy", hidden: true });
  const floor = el("span", { class: "pl-badge", hidden: true }, "◆ Đang phát biểu");
  const heardWord = el("span", { class: "pl-badge", hidden: true }, "Đang nghe");
  const button = (name: Icon, label: string): HTMLButtonElement => {
    const made = el("button", { type: "button", class: "pl-tile-button", "aria-pressed": "false", title: label }, icon(name));
    made.setAttribute("aria-label", `${label}: ${hall.name}`);
    return made;
  };
  const hear = button("sound", "Nghe");
  const enlarge = button("larger", "Phóng to");
  const root = el("section", { class: "pl-tile", "data-hall": hall.hall, "aria-label": hall.name },
    el("div", { class: "pl-frame" }, video, cover, busy, el("div", { class: "pl-badges" }, floor, heardWord)),
    el("div", { class: "pl-tile-bar" }, el("span", { class: "pl-tile-name", title: hall.name }, hall.name), hear, enlarge));

  return {
    root, video, hear, enlarge,
    show: ({ gap, loading, trouble, next }) => {
      show(cover, gap);
      root.classList.toggle("pl-gap", gap);
      if (gap) {
        text(note, next === null
          ? "Không có hình trong khoảng này"
          : `Không có hình trong khoảng này. Có lại lúc ${clockText(next)}.`);
      }
      show(busy, !gap && (loading || trouble !== ""));
      if (!gap) text(busy, trouble || "Đang tải hình…");
    },
    mark: (heard, speaking, large) => {
      root.classList.toggle("pl-heard", heard);
      show(floor, speaking);
      hear.setAttribute("aria-pressed", String(heard));
      show(heardWord, heard);
      enlarge.setAttribute("aria-pressed", String(large));
    },
  };
}
