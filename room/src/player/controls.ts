// The row of buttons and choices.
import { el, icon, setIcon, show, text } from "./dom";
import { LIVE_WITHIN } from "./follow";
import type { Session } from "./session";
import { clockText, dateText, offsetText } from "./time";

export interface Controls {
  readonly root: HTMLElement;
  update(): void;
}

const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
export const JUMP = 10;

export function newControls(session: Session): Controls {
  const button = (name: "back" | "forward", label: string, keys: string, by: number): HTMLButtonElement => {
    const made = el("button", { type: "button", class: "pl-button", click: () => session.seek(session.now() + by) }, icon(name));
    made.setAttribute("aria-label", label);
    made.setAttribute("aria-keyshortcuts", keys);
    made.title = `${label} (phím ${keys})`;
    return made;
  };
  const play = el("button", { type: "button", class: "pl-button pl-play", click: () => toggle(session) }, icon("play"));
  play.setAttribute("aria-keyshortcuts", "K");
  const live = el("button", { type: "button", class: "pl-button pl-live", hidden: true, click: () => session.goLive() }, "Trực tiếp");

  const date = el("span", { class: "pl-date" });
  const clock = el("span", { class: "pl-clock" });
  const offset = el("span", { class: "pl-offset" });
  const times = el("div", { class: "pl-times" }, clock, el("span", { class: "pl-under" }, offset, date));

  const speed = select("Tốc độ", (value) => session.setSpeed(Number(value)));
  fill(speed.input, SPEEDS.map((one) => [String(one), `${String(one).replace(".", ",")}×`]), "1");
  const hear = select("Nghe", (value) => session.hear(value));
  const source = select("Bản ghi", (value) => session.choose({ recorder: value === "" ? null : value }));
  source.root.classList.add("pl-pick-wide");
  hear.root.classList.add("pl-pick-wide");

  const early = el("input", { type: "checkbox", class: "pl-check" });
  early.addEventListener("change", () => session.choose({ preroll: early.checked }));
  const earlyLabel = el("label", { class: "pl-early" }, early, "Trước khai mạc");
  const unmute = el("button", { type: "button", class: "pl-button pl-unmute", hidden: true, click: () => session.hear(session.hearing()) }, "Bật tiếng");

  const pageWord = el("span", { class: "pl-page-word" });
  const turn = (label: string, sign: string, by: number): HTMLButtonElement => {
    const made = el("button", { type: "button", class: "pl-button", title: label, click: () => session.turn(session.page() + by) }, sign);
    made.setAttribute("aria-label", label);
    return made;
  };
  const pager = el("div", { class: "pl-pager", role: "group", "aria-label": "Trang điểm cầu", hidden: true },
    turn("Các điểm cầu trước", "‹", -1), pageWord, turn("Các điểm cầu sau", "›", 1));

  const root = el("div", { class: "pl-controls", role: "group", "aria-label": "Điều khiển phát" },
    button("back", "Lùi 10 giây", "J", -JUMP), play, button("forward", "Tiến 10 giây", "L", JUMP),
    live, unmute, pager, times, hear.root, source.root, speed.root, earlyLabel);

  const update = (): void => {
    const state = session.state();
    const going = state === "playing" || state === "waiting";
    setIcon(play, going ? "pause" : "play");
    const label = going ? "Tạm dừng" : "Phát";
    if (play.getAttribute("aria-label") !== label) {
      play.setAttribute("aria-label", label);
      play.title = `${label} (phím K)`;
    }
    const score = session.score();
    play.disabled = score === null;
    show(live, score?.live ?? false);
    const now = session.now();
    const isLive = (score?.live ?? false) && going && session.behind() < LIVE_WITHIN;
    live.setAttribute("aria-pressed", String(isLive));
    show(pager, session.pages() > 1);
    text(pageWord, `${session.page() + 1}/${session.pages()}`);
    show(unmute, session.sound()?.refused() ?? false);
    text(clock, score ? clockText(now) : "--:--:--");
    text(date, score ? dateText(now) : "");
    text(offset, score?.opened != null ? `${offsetText(now - score.opened)} từ khai mạc` : "");
    early.checked = session.choice().preroll;
    if (hear.input.value !== session.hearing()) hear.input.value = session.hearing();
    if (speed.input.value !== String(session.speed())) speed.input.value = String(session.speed());
  };
  return {
    root, update: () => {
      fillChoices(session, hear.input, source.input);
      update();
    },
  };
}

export function toggle(session: Session): void {
  const state = session.state();
  if (state === "playing" || state === "waiting") session.pause();
  else session.play();
}

function fillChoices(session: Session, hear: HTMLSelectElement, source: HTMLSelectElement): void {
  const catalogue = session.catalogue();
  if (!catalogue) return;
  fill(hear, [
    ["auto", "Tự động: điểm cầu đang phát biểu"],
    ...catalogue.halls.map((hall): [string, string] => [hall.hall, hall.name]),
    ["off", "Tắt tiếng"],
  ], session.hearing());
  const recorders = new Map(catalogue.takes.map((take) => [take.recorder, take.recorder_name]));
  fill(source, [["", "Ghép các máy ghi"], ...recorders], session.choice().recorder ?? "");
}

/** Fills a select again only when its options changed: an open list must not close under the pointer. */
function fill(input: HTMLSelectElement, options: readonly (readonly [string, string])[], value: string): void {
  const now = JSON.stringify(options);
  if (input.dataset.options === now) return;
  input.dataset.options = now;
  input.replaceChildren(...options.map(([code, label]) => el("option", { value: code }, label)));
  input.value = value;
}

function select(label: string, chosen: (value: string) => void): { root: HTMLElement; input: HTMLSelectElement } {
  const input = el("select", { class: "pl-select form-select" });
  input.addEventListener("change", () => chosen(input.value));
  return { root: el("label", { class: "pl-pick" }, el("span", { class: "pl-pick-word" }, label), input), input };
}
