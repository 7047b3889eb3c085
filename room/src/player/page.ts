// Puts the player together inside the page's <main id="player">.
import { newControls } from "./controls";
import { el, show, text } from "./dom";
import type { HallView } from "./hall";
import { listenKeys } from "./keys";
import { gridFor, largeTile } from "./layout";
import { openLibrary } from "./library";
import { newLists } from "./lists";
import type { Score } from "./score";
import { newSession, type Session } from "./session";
import { newTimeline } from "./timeline";

interface Config {
  readonly code: string;
  readonly title: string;
  readonly urls: { readonly catalogue: string };
}

/** For browser tests and for support on the telephone: everything in unix seconds. */
interface Hook {
  now(): number;
  seek(time: number): void;
  play(): void;
  pause(): void;
  halls(): { hall: string; wall: number | null; gap: boolean; video: HTMLVideoElement }[];
  skew(): number | null;
}

declare global {
  interface Window { tiepdanPlayer?: Hook }
}

const BAR = 34;
const GAP = 6;
const LEAST_HEIGHT = 540;

export function openPlayer(): void {
  const root = document.getElementById("player");
  const holder = document.getElementById("player-config");
  if (!root || !holder) return;
  const config = JSON.parse(holder.textContent ?? "") as Config;

  const message = el("p", { class: "pl-message", role: "status", hidden: true });
  const stage = el("div", { class: "pl-stage" });
  let update = (): void => undefined;
  const library = openLibrary(config.urls.catalogue, () => session.renew());
  const session: Session = newSession(library, stage, momentOf(location.hash), () => update());
  const controls = newControls(session);
  const timeline = newTimeline(session);
  const lists = newLists(session);
  const heading = el("h1", { class: "pl-heading" }, `Bản ghi ${config.code} · ${config.title}`);
  const screen = el("div", { class: "pl-screen" }, heading, message, stage, controls.root, timeline.root);
  root.classList.add("pl-player");
  root.replaceChildren(screen, lists.root);

  let drawn: Score | null = null;
  let version = -1;
  let large: string | null = null;
  const dressed = new WeakSet<HallView>();

  const dress = (view: HallView): void => {
    if (dressed.has(view)) return;
    dressed.add(view);
    const { hall } = view.hall;
    view.tile.hear.addEventListener("click", () => session.hear(session.hearing() === hall ? "auto" : hall));
    const enlarge = (): void => {
      large = large === hall ? null : hall;
      arrange();
    };
    view.tile.enlarge.addEventListener("click", enlarge);
    view.video.addEventListener("dblclick", enlarge);
  };

  const arrange = (): void => {
    const top = root.getBoundingClientRect().top + window.scrollY;
    screen.style.setProperty("--pl-height", `${Math.max(LEAST_HEIGHT, window.innerHeight - top)}px`);
    const shown = session.shown();
    const isLarge = shown.length > 1 && shown.some((view) => view.hall.hall === large);
    stage.classList.toggle("pl-has-large", isLarge);
    for (const view of session.views()) {
      show(view.tile.root, shown.includes(view));
      view.tile.root.classList.toggle("pl-large", isLarge && view.hall.hall === large);
    }
    const { clientWidth: width, clientHeight: height } = stage;
    const big = isLarge ? largeTile(width, height, BAR) : 0;
    const grid = isLarge
      ? gridFor(shown.length - 1, width - big - GAP, height, BAR, GAP)
      : gridFor(shown.length, width, height, BAR, GAP);
    stage.style.setProperty("--pl-columns", String(grid.columns));
    stage.style.setProperty("--pl-tile", `${grid.tile}px`);
    stage.style.setProperty("--pl-big", `${big}px`);
    stage.style.setProperty("--pl-rows", String(Math.ceil((shown.length - 1) / grid.columns)));
    if (drawn) timeline.draw(drawn);
  };

  update = (): void => {
    const state = session.state();
    if (root.dataset.state !== state) root.dataset.state = state;
    const score = session.score();
    const catalogue = library.catalogue();
    const said = sentence(session);
    show(message, said !== "");
    text(message, said);
    show(stage, score !== null);
    show(timeline.root, score !== null);
    const tiles = `${score !== null} ${session.views().length} ${session.page()}`;
    if (stage.dataset.tiles !== tiles) {
      stage.dataset.tiles = tiles;
      session.views().forEach(dress);
      arrange();
    }
    if (session.version() !== version) {
      version = session.version();
      drawn = score;
      if (score) timeline.draw(score);
      if (catalogue) lists.draw(score, catalogue, library.files());
    } else timeline.move();
    controls.update();
    const floor = session.floor();
    for (const view of session.views()) {
      view.tile.mark(view.hall.hall === session.heard(), view.hall.hall === floor, view.hall.hall === large);
    }
  };

  new ResizeObserver(arrange).observe(stage);
  window.addEventListener("resize", arrange);
  listenKeys(root, session);
  window.tiepdanPlayer = hookOf(session);
  update();
}

function sentence(session: Session): string {
  if (session.trouble()) return session.trouble();
  const state = session.state();
  if (state === "empty") {
    return session.catalogue()?.opened_at === null
      ? "Chưa có bản ghi vì buổi tiếp chưa bắt đầu."
      : "Chưa có hình và tiếng nào được ghi.";
  }
  return state === "loading" && !session.score() ? "Đang đọc mục lục bản ghi…" : "";
}

/** #t=1795332600.5: the moment to begin with, from the links of minutes and marks. */
function momentOf(hash: string): number | null {
  const value = Number(/^#t=([\d.]+)$/.exec(hash)?.[1]);
  return Number.isFinite(value) && value > 0 ? value : null;
}

function hookOf(session: Session): Hook {
  return {
    now: () => session.now(),
    seek: (time) => session.seek(time),
    play: () => session.play(),
    pause: () => session.pause(),
    halls: () => session.shown().map((view) => ({
      hall: view.hall.hall, wall: view.gap() ? null : view.frame()?.wall ?? null, gap: view.gap(), video: view.video,
    })),
    skew: () => session.skew(),
  };
}
