// What is wrong now and what to press: connection, camera, microphone, sound, alarms of the room.
import { officeNow } from "../clock";
import { attribute, button, hold, make, write } from "../dom";
import { type DeviceKind, type Problem, together } from "../own/problems";
import { ended } from "../state";
import { SAY } from "../words";
import type { Deeds, Part, View } from "./view";

type Tone = "danger" | "warn" | "civic";

interface Notice {
  key: string;
  tone: Tone;
  sentence: string;
  press?: { label: string; action: string; deed: () => void };
  link?: { label: string; href: string };
}

const SHAPES: Record<Tone, string> = { danger: "■", warn: "▲", civic: "◆" };
const LONG_MS = 60_000;
const OPENING_MS = 20_000;

export function createNotices(deeds: Deeds): Part {
  const node = make("div", { class: "messages", "aria-live": "assertive" });
  const rows = new Map<string, { row: HTMLElement; text: HTMLElement; sentence: string }>();
  return {
    node,
    update(view) {
      const wanted = [...connectionNotices(view, deeds), ...deviceNotices(view, deeds), ...alarmNotices(view), ...openingNotices(view)];
      for (const key of rows.keys()) if (!wanted.some((notice) => notice.key === key)) rows.delete(key);
      hold(
        node,
        wanted.map((notice) => {
          const known = rows.get(notice.key) ?? createRow(notice);
          rows.set(notice.key, known);
          write(known.text, notice.sentence);
          return known.row;
        }),
      );
    },
  };
}

function createRow(notice: Notice): { row: HTMLElement; text: HTMLElement; sentence: string } {
  const text = make("span", { class: "message-text" }, notice.sentence);
  const row = make("div", { class: "message", "data-notice": notice.key.split(":", 1)[0] ?? "" });
  attribute(row, "data-tone", notice.tone);
  row.append(make("span", { class: "message-shape", "aria-hidden": "true" }, SHAPES[notice.tone]), text);
  if (notice.press) {
    row.append(button(notice.press.label, "btn-primary", notice.press.deed, { "data-action": notice.press.action }));
  }
  if (notice.link) row.append(make("a", { class: "btn btn-outline-primary", href: notice.link.href }, notice.link.label));
  return { row, text, sentence: notice.sentence };
}

function connectionNotices(view: View, deeds: Deeds): Notice[] {
  const { link, config } = view;
  const notices: Notice[] = [];
  if (link.block) {
    const { action, sentence, code } = link.block;
    const notice: Notice = { key: `block:${code}:${action}`, tone: link.connection === "offline" ? "danger" : "warn", sentence };
    const join = (label: string, name: string, takeover: boolean) => {
      notice.press = { label, action: name, deed: () => deeds.join(takeover) };
    };
    if (action === "takeover") join("Chuyển sang máy này", "takeover", true);
    if (action === "join") join("Vào lại phòng", "join", false);
    const door = config.urls.home ?? config.urls.prepare;
    if (action === "signin" && door) notice.link = { label: "Đăng nhập lại", href: door };
    return [notice];
  }
  const trying = link.connection === "reconnecting" || link.connection === "connecting";
  if (!trying || (link.connection === "connecting" && link.attempt < 2)) return notices;
  const sentence =
    link.attempt === 0
      ? SAY.reconnecting
      : link.cause === "web"
        ? SAY.webLost(link.attempt)
        : SAY.mediaLost(link.attempt);
  notices.push({ key: "connection", tone: "danger", sentence });
  if (config.phone && Date.now() - link.since > LONG_MS) {
    notices.push({ key: "phone", tone: "warn", sentence: SAY.callPhone(config.phone) });
  }
  return notices;
}

function deviceNotices(view: View, deeds: Deeds): Notice[] {
  if (view.link.connection === "ended") return [];
  const notices: Notice[] = [];
  const { cameraProblem, microphoneProblem } = view.own;
  const both = together(cameraProblem, microphoneProblem);
  if (both) {
    notices.push(deviceNotice("camera", both, () => {
      deeds.reopen("camera");
      deeds.reopen("microphone");
    }));
  } else {
    if (cameraProblem) notices.push(deviceNotice("camera", cameraProblem, () => deeds.reopen("camera")));
    if (microphoneProblem) {
      notices.push(deviceNotice("microphone", microphoneProblem, () => deeds.reopen("microphone")));
    }
  }
  if (view.soundBlocked) {
    notices.push({
      key: "sound",
      tone: "warn",
      sentence: SAY.soundBlocked,
      press: { label: "Bật tiếng", action: "start-sound", deed: () => deeds.startSound() },
    });
  }
  return notices;
}

/** The law wants everybody told: each hall reads it when the reception opens, and whoever comes in just then. */
function openingNotices({ state, config, link }: View): Notice[] {
  const opened = Date.parse(state?.opened_at ?? "");
  const fresh = state?.phase === "open" && officeNow() - opened < OPENING_MS;
  const there = config.role === "point" && link.connection === "connected";
  return fresh && there ? [{ key: "recorded", tone: "civic", sentence: SAY.recorded }] : [];
}

function deviceNotice(kind: DeviceKind, { code, sentence }: Problem, deed: () => void): Notice {
  const device = kind === "camera" ? "camera" : "micro";
  const label = code === "lost" ? `Mở lại ${device}` : "Thử lại";
  return { key: `${kind}:${code}`, tone: "danger", sentence, press: { label, action: `reopen-${kind}`, deed } };
}

/** At most three, most serious first: more than that nobody reads while conducting a reception. */
function alarmNotices({ state }: View): Notice[] {
  if (!state || ended(state)) return [];
  const rank = { danger: 0, warning: 1 };
  return [...state.alarms]
    .sort((a, b) => rank[a.level] - rank[b.level])
    .slice(0, 3)
    .map((alarm, at) => ({
      key: `alarm:${alarm.level}:${at}`,
      tone: alarm.level === "danger" ? "danger" : "warn",
      sentence: alarm.sentence,
    }));
}
