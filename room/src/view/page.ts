// Puts the parts of the page together, by role.
import { attribute, button, make, show } from "../dom";
import { ended } from "../state";
import { SAY } from "../words";
import { createFloorBar } from "./floor";
import { createHallList } from "./halls";
import { createHeader } from "./header";
import { createNotices } from "./notices";
import { createLine, createOwnCorner } from "./own";
import { createPhases } from "./phases";
import { createRefusal } from "./refusal";
import { createStage } from "./stage";
import type { Deeds, Part, View } from "./view";

export function createPage(root: HTMLElement, first: View, deeds: Deeds, moved: () => void): Part {
  const point = first.config.role === "point";
  const { urls } = first.config;
  const commanding = urls.floor !== undefined || urls.lock !== undefined || urls.eject !== undefined;
  const header = createHeader(first);
  const notices = createNotices(deeds);
  const stage = createStage(deeds, moved);
  const end = createEnd(first);
  const parts: Part[] = [header, notices, stage, end];
  const add = (part: Part): HTMLElement => {
    parts.push(part);
    return part.node;
  };

  const body = make("div", { class: "body" });
  if (point) {
    body.append(add(createOwnCorner(deeds, moved, first.config.phone)), stage.node);
    root.append(header.node, notices.node, add(createLine()), end.node, body);
  } else {
    body.append(stage.node);
    if (commanding) body.append(add(createHallList(deeds)));
    const bar = make("footer", { class: "bar" }, add(createFloorBar(deeds)), listenButton(deeds, parts), add(createPhases(deeds)));
    root.append(header.node, notices.node, end.node, body, add(createRefusal()), bar);
    parts.push({ node: bar, update: (view) => show(bar, !ended(view.state)) });
  }
  root.classList.add("room", `room-${point ? "point" : "station"}`);

  return {
    node: root,
    update(view) {
      attribute(root, "data-connection", view.link.connection);
      attribute(root, "data-code", view.link.block?.code ?? null);
      attribute(root, "data-phase", view.state?.phase ?? "");
      attribute(root, "data-floor", view.state?.floor?.hall ?? "");
      attribute(root, "data-version", view.state ? String(view.state.v) : "");
      if (point) attribute(root, "data-microphone", view.own.microphone);
      show(body, view.link.connection !== "ended" && view.state !== null);
      for (const part of parts) part.update(view);
    },
  };
}

/** A console beside the hall's own machine is told to be silent, or the hall hears itself twice. */
function listenButton(deeds: Deeds, parts: Part[]): HTMLElement {
  let listens = true;
  const node = button("", "btn-outline-secondary", () => deeds.setListens(!listens), { "data-action": "listen" });
  parts.push({
    node,
    update(view) {
      listens = view.listens;
      const label = listens ? "Tắt tiếng máy này" : "Nghe trên máy này";
      if (node.textContent !== label) node.textContent = label;
      attribute(node, "aria-pressed", listens ? "true" : "false");
    },
  });
  return node;
}

function createEnd({ config }: View): Part {
  const links: HTMLElement[] = [];
  if (config.urls.recording && config.role !== "point") {
    links.push(make("a", { class: "btn btn-primary", href: config.urls.recording }, "Xem bản ghi"));
  }
  const home = config.role === "point" ? config.urls.prepare : config.urls.home;
  if (home) {
    const label = config.role === "point" ? "Về trang của điểm cầu" : "Về trang đầu";
    links.push(make("a", { class: "btn btn-outline-primary", href: home }, label));
  }
  const big = config.role === "point" ? null : make("h2", {}, "Buổi tiếp đã kết thúc");
  const node = make("section", { class: "end" }, big, make("p", {}, config.role === "point" ? SAY.afterPoint : SAY.after), make("div", { class: "end-links" }, ...links));
  return { node, update: (view) => show(node, view.link.connection === "ended") };
}
