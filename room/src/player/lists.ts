// Below the player: gaps, marks and files as text, for reading, printing and downloading.
import type { Catalogue, Take } from "./catalogue";
import { el } from "./dom";
import { bytesOf, type TakeFile } from "./index";
import type { Score } from "./score";
import type { Session } from "./session";
import { markWords } from "./timeline";
import { clockText, lengthWords, sizeText, unix } from "./time";

export interface Lists {
  readonly root: HTMLElement;
  draw(score: Score | null, catalogue: Catalogue, files: Iterable<TakeFile>): void;
}

export const SOURCES: Record<string, string> = {
  camera: "Hình", microphone: "Tiếng", screen: "Hình tài liệu", sound: "Tiếng tài liệu",
};

export function newLists(session: Session): Lists {
  const gaps = section("Khoảng trống");
  const marks = section("Các mốc");
  const files = section("Tệp ghi");
  const open = new Set<string>();
  const root = el("div", { class: "pl-lists" }, gaps.root, marks.root, files.root);

  const draw: Lists["draw"] = (score, catalogue, all) => {
    renew(gaps, score ? gapRows(score) : [], "Không có khoảng trống.", session);
    renew(marks, score ? markRows(score, catalogue) : [], "Chưa có mốc nào.", session);
    drawFiles(files, catalogue, [...all], open);
  };
  return { root, draw };
}

interface Section { readonly root: HTMLElement; readonly title: HTMLElement; readonly body: HTMLElement; readonly name: string }

function section(name: string): Section {
  const title = el("h2", { class: "pl-list-title" }, name);
  const body = el("div", { class: "pl-list-body" });
  return { root: el("section", { class: "pl-list" }, title, body), title, body, name };
}

interface Row { readonly at: number; readonly words: string; readonly more: string }

function gapRows(score: Score): Row[] {
  const rows = score.parts.flatMap((part) => [
    ...part.gaps.map((gap) => ({ gap, words: `${part.hall.name}: không có hình` })),
    ...part.silences.map((gap) => ({ gap, words: `${part.hall.name}: không có tiếng` })),
  ]);
  return rows.sort((a, b) => a.gap.from - b.gap.from).map(({ gap, words }) => ({
    at: gap.from, words,
    // While the reception runs an open gap grows each second; its length is told when it is over.
    more: score.live && gap.to >= score.edge - 0.01 ? "chưa có lại" : `đến ${clockText(gap.to)} · ${lengthWords(gap.to - gap.from)}`,
  }));
}

function markRows(score: Score, catalogue: Catalogue): Row[] {
  return [...score.marks].sort((a, b) => unix(a.at) - unix(b.at)).map((mark) => ({
    at: unix(mark.at), words: markWords(mark),
    more: catalogue.halls.find((hall) => hall.hall === mark.hall)?.name ?? "",
  }));
}

function renew(part: Section, rows: Row[], none: string, session: Session): void {
  const key = JSON.stringify(rows);
  if (part.body.dataset.key === key) return;
  part.body.dataset.key = key;
  part.title.textContent = rows.length > 0 ? `${part.name} (${rows.length})` : part.name;
  if (rows.length === 0) {
    part.body.replaceChildren(el("p", { class: "pl-none" }, none));
    return;
  }
  part.body.replaceChildren(el("ul", { class: "pl-rows" }, ...rows.map((row) => el("li", {},
    el("button", { type: "button", class: "pl-row", click: () => session.seek(row.at) },
      el("span", { class: "pl-row-time" }, clockText(row.at)),
      el("span", { class: "pl-row-words" }, row.words),
      el("span", { class: "pl-row-more" }, row.more))))));
}

function drawFiles(part: Section, catalogue: Catalogue, files: TakeFile[], open: Set<string>): void {
  const closed = files.filter((file) => file.closed).length;
  const key = JSON.stringify([catalogue.takes.map((take) => [take.id, take.state]), files.length, closed]);
  if (part.body.dataset.key === key) return;
  part.body.dataset.key = key;
  part.title.textContent = files.length > 0 ? `${part.name} (${files.length})` : part.name;
  if (catalogue.takes.length === 0) {
    part.body.replaceChildren(el("p", { class: "pl-none" }, "Chưa có tệp nào."));
    return;
  }
  part.body.replaceChildren(...catalogue.takes.map((take) => takeBox(take, catalogue, files.filter((f) => f.take === take.id), open)));
}

const STATES: Record<string, string> = {
  requested: "Chờ ghi", recording: "Đang ghi", saving: "Đang lưu", archived: "Đã niêm phong", failed: "Hỏng",
};

function takeBox(take: Take, catalogue: Catalogue, files: TakeFile[], open: Set<string>): HTMLElement {
  const groups = catalogue.halls.flatMap((hall) => Object.keys(SOURCES).map((source) => ({
    name: `${hall.name} · ${SOURCES[source]}`, id: `${take.id} ${hall.hall} ${source}`,
    files: files.filter((file) => file.hall === hall.hall && file.source === source),
  }))).filter((group) => group.files.length > 0);
  const since = take.started_at ? ` · từ ${clockText(unix(take.started_at))}` : "";
  const link = (name: string, href: string): HTMLElement => el("a", { class: "pl-link", href, download: true }, name);
  return el("div", { class: "pl-take" },
    el("h3", { class: "pl-take-title" }, `${take.recorder_name}${since} · ${STATES[take.state] ?? take.state}`),
    el("p", { class: "pl-links" },
      link("Mục lục (index)", take.index), link("Sổ băm (ledger)", `${take.base}ledger.jsonl`),
      link("Nhật ký (journal)", `${take.base}journal.jsonl`)),
    ...groups.map((group) => groupBox(group, open)));
}

function groupBox(group: { name: string; id: string; files: TakeFile[] }, open: Set<string>): HTMLElement {
  const bytes = group.files.reduce((sum, file) => sum + bytesOf(file), 0);
  const list = el("ul", { class: "pl-files" });
  const box = el("details", { class: "pl-group" },
    el("summary", {}, `${group.name} · ${group.files.length} tệp · ${sizeText(bytes)}`), list);
  // Thousands of links are made only for the group somebody opens.
  const fillList = (): void => list.replaceChildren(...group.files.map((file) => el("li", {},
    el("a", { class: "pl-link", href: file.url, download: true }, file.path.split("/").at(-1) ?? file.path),
    ` · ${clockText(file.wall)} · ${sizeText(bytesOf(file))}${file.closed ? "" : " · đang ghi"}`)));
  box.addEventListener("toggle", () => {
    if (box.open) {
      open.add(group.id);
      fillList();
    } else open.delete(group.id);
  });
  if (open.has(group.id)) box.open = true;
  return box;
}
