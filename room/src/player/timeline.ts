// The time line: axis, marks, who speaks, and one lane per hall with its gaps.
import { text, el, svg } from "./dom";
import { barOf, LEAST, placeMarks, TARGET, ticksOf, toTime, toX, type View } from "./geometry";
import type { Gap, Span } from "./chain";
import type { Score } from "./score";
import type { Session } from "./session";
import { clockText, dateText, lengthText, lengthWords, offsetText, unix } from "./time";
import type { Mark } from "./catalogue";

export interface Timeline {
  readonly root: HTMLElement;
  /** Draws everything again: after new data or another width. */
  draw(score: Score): void;
  /** Moves the play head. */
  move(): void;
}

const AXIS = 20;
const FLOOR = 18;
/** A lane is as high as its name needs. */
const lane = (halls: number): number => (halls <= 6 ? 18 : 16);

export function newTimeline(session: Session): Timeline {
  const names = el("div", { class: "pl-names", "aria-hidden": "true" });
  const marks = el("div", { class: "pl-marks", role: "group", "aria-label": "Các mốc" });
  const chart = svg("svg", { class: "pl-chart", "aria-hidden": "true" });
  const slider = el("div", { class: "pl-lanes", role: "slider", tabindex: "0", "aria-label": "Thời điểm đang xem" }, chart);
  const head = el("div", { class: "pl-head" });
  const bubble = el("div", { class: "pl-bubble", hidden: true });
  const field = el("div", { class: "pl-field" }, marks, slider, head, bubble);
  const root = el("div", { class: "pl-timeline" }, names, field);
  let view: View = { start: 0, end: 0, width: 0 };
  let drawn: Score | null = null;

  const draw = (score: Score): void => {
    drawn = score;
    view = { start: score.start, end: viewEnd(score), width: slider.clientWidth };
    const step = lane(score.parts.length);
    const height = AXIS + FLOOR + step * score.parts.length;
    chart.setAttribute("width", String(view.width));
    chart.setAttribute("height", String(height));
    const rows = score.parts.map((part, i) => {
      const top = AXIS + FLOOR + i * step;
      return svg("g", { "data-lane": part.hall.hall },
        ...spanBars(view, part.picture, top + 2, step - 4, "pl-bar", score),
        ...spanBars(view, part.sound, top + step - 5, 3, "pl-bar-sound", score),
        ...part.gaps.map((gap) => gapBar(view, gap, top + 1, step - 2, part.hall.name)).filter((bar) => bar !== null));
    });
    chart.replaceChildren(patterns(), ...axis(view, height), ...phases(view, score, height), ...rows);
    drawNames(names, score, step);
    drawMarks(marks, view, score, (at) => session.seek(at));
    move();
  };

  const move = (): void => {
    if (!drawn) return;
    const now = session.now();
    head.style.transform = `translateX(${toX(view, now).toFixed(1)}px)`;
    slider.setAttribute("aria-valuemin", String(Math.floor(drawn.start)));
    slider.setAttribute("aria-valuemax", String(Math.ceil(drawn.end)));
    slider.setAttribute("aria-valuenow", String(Math.floor(now)));
    const words = `${clockText(now)}, ${dateText(now)}`;
    if (slider.getAttribute("aria-valuetext") !== words) slider.setAttribute("aria-valuetext", words);
  };

  const timeAt = (event: PointerEvent): number => toTime(view, event.clientX - slider.getBoundingClientRect().left);
  const hover = (event: PointerEvent): void => {
    if (!drawn) return;
    const at = timeAt(event);
    text(bubble, drawn.opened === null ? clockText(at) : `${clockText(at)} · ${offsetText(at - drawn.opened)}`);
    bubble.hidden = false;
    const x = Math.min(Math.max(toX(view, at), 80), view.width - 80);
    bubble.style.transform = `translateX(${x.toFixed(0)}px) translateX(-50%)`;
  };
  slider.addEventListener("pointermove", hover);
  slider.addEventListener("pointerleave", () => { bubble.hidden = true; });
  slider.addEventListener("pointerdown", (event) => {
    if (event.button === 0) slider.setPointerCapture(event.pointerId);
  });
  slider.addEventListener("pointerup", (event) => {
    if (event.button === 0 && drawn) session.seek(timeAt(event));
  });
  return { root, draw, move };
}

/** A running recording leaves room to grow, so that the lanes are squeezed once a minute and not at each flush. */
function viewEnd(score: Score): number {
  if (!score.live) return Math.max(score.end, score.start + 1);
  const step = score.edge - score.start < 1800 ? 60 : 300;
  return score.start + Math.ceil((score.edge - score.start + step / 4) / step) * step;
}

function patterns(): SVGElement {
  const hatch = (id: string, name: string): SVGElement => svg("pattern", {
    id, width: "6", height: "6", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  }, svg("rect", { width: "6", height: "6", class: `${name}-ground` }), svg("rect", { width: "2", height: "6", class: `${name}-line` }));
  return svg("defs", {}, hatch("pl-hatch-gap", "pl-hatch-gap"), hatch("pl-hatch-pause", "pl-hatch-pause"));
}

function axis(view: View, height: number): SVGElement[] {
  return ticksOf(view).flatMap((at) => {
    const x = toX(view, at);
    const edge = x < 36 ? "start" : x > view.width - 36 ? "end" : "middle";
    return [
      svg("line", { x1: x.toFixed(1), x2: x.toFixed(1), y1: String(AXIS - 3), y2: String(height), class: "pl-tick" }),
      svg("text", { x: x.toFixed(1), y: String(AXIS - 6), "text-anchor": edge, class: "pl-tick-text" }, clockText(at)),
    ];
  });
}

function phases(view: View, score: Score, height: number): SVGElement[] {
  const floors = score.floors.flatMap((floor) => {
    const bar = barOf(view, floor.from, floor.to, LEAST);
    if (!bar) return [];
    const name = score.parts.find((part) => part.hall.hall === floor.hall)?.hall.name ?? floor.label;
    const words = bar.width > name.length * 8 + 8
      ? [svg("text", { x: String(bar.x + 5), y: String(AXIS + FLOOR - 5), class: "pl-floor-text" }, name)] : [];
    return [rect(bar.x, AXIS + 1, bar.width, FLOOR - 2, "pl-floor", `${name} phát biểu, ${lengthWords(floor.to - floor.from)}`), ...words];
  });
  const pauses = score.pauses.flatMap((pause) => {
    const bar = barOf(view, pause.from, pause.to, LEAST);
    return bar ? [rect(bar.x, AXIS, bar.width, height - AXIS, "pl-pause", `${pause.label || "Tạm dừng"}, ${lengthWords(pause.to - pause.from)}`)] : [];
  });
  return [...pauses, ...floors];
}

function spanBars(view: View, spans: readonly Span[], y: number, height: number, name: string, score: Score): SVGElement[] {
  const bars: SVGElement[] = [];
  // Files that follow each other are one bar: two hours of one-minute files would be hundreds of shapes.
  let from: number | null = null;
  spans.forEach((span, i) => {
    from ??= span.from;
    const next = spans[i + 1];
    if (next && next.from - span.to < 0.5) return;
    const bar = barOf(view, from, Math.min(span.to, score.end), 1);
    if (bar) bars.push(rect(bar.x, y, bar.width, height, name, ""));
    from = null;
  });
  return bars;
}

function gapBar(view: View, gap: Gap, y: number, height: number, hall: string): SVGElement | null {
  const bar = barOf(view, gap.from, gap.to, LEAST);
  return bar && rect(bar.x, y, bar.width, height, "pl-gap-bar",
    `${hall}: không có hình ${lengthText(gap.to - gap.from)} (${clockText(gap.from)}–${clockText(gap.to)})`);
}

function rect(x: number, y: number, width: number, height: number, name: string, title: string): SVGElement {
  const shape = svg("rect", { x: x.toFixed(1), y: String(y), width: width.toFixed(1), height: String(height), class: name });
  if (title) shape.append(svg("title", {}, title));
  return shape;
}

function drawNames(names: HTMLElement, score: Score, step: number): void {
  const wanted = ["", "Phát biểu", ...score.parts.map((part) => part.hall.name)];
  const key = JSON.stringify([wanted, step]);
  if (names.dataset.key === key) return;
  names.dataset.key = key;
  names.style.setProperty("--pl-lane", `${step}px`);
  names.replaceChildren(...wanted.map((name, i) =>
    el("div", { class: i === 0 ? "pl-name-top" : i === 1 ? "pl-name-floor" : "pl-name-hall", title: name }, name)));
}

const SHORT: Record<string, string> = {
  opened: "Khai mạc", closed: "Kết thúc", paused: "Tạm dừng", resumed: "Tiếp tục", floor: "Phát biểu",
  floor_end: "Hết phần phát biểu", locked: "Khóa micro", gap: "Khoảng trống",
};

export function markWords(mark: Mark): string {
  return mark.label || SHORT[mark.kind] || "Mốc";
}

/** With less room a mark has no words, with still less it is no button: the list below has the same marks in full. */
const WORDS = 44;

/** Elements are kept by their mark: a redraw must not take the focus away. */
function drawMarks(holder: HTMLElement, view: View, score: Score, go: (at: number) => void): void {
  const old = new Map([...holder.children].map((child) => [(child as HTMLElement).dataset.key ?? "", child as HTMLElement]));
  const shown = score.marks.filter((mark) => mark.kind !== "floor_end");
  for (const { item, x, room } of placeMarks(view, shown, (mark) => unix(mark.at))) {
    const wide = room >= TARGET;
    const key = `${item.at} ${item.kind} ${item.hall ?? ""} ${wide ? "" : "-"}`;
    const made = old.get(key) ?? newMark(item, wide, key, go);
    old.delete(key);
    if (!made.parentElement) holder.append(made);
    made.style.transform = `translateX(${x.toFixed(1)}px)`;
    made.style.width = `${Math.max(Math.min(room - 2, 320), wide ? TARGET : 6)}px`;
    made.classList.toggle("pl-mark-bare", room < WORDS);
  }
  for (const gone of old.values()) gone.remove();
}

function newMark(mark: Mark, wide: boolean, key: string, go: (at: number) => void): HTMLElement {
  const words = markWords(mark);
  const name = `${words}, ${clockText(unix(mark.at))}`;
  const props = { class: `pl-mark pl-mark-${mark.kind}`, "data-key": key, title: name, click: () => go(unix(mark.at)) };
  const word = el("span", { class: "pl-mark-word" }, words);
  return wide
    ? el("button", { ...props, type: "button", "aria-label": name }, word)
    : el("span", { ...props, "aria-hidden": "true" }, word);
}
