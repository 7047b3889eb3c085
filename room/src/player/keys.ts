// J K L and the arrows, while the player or nothing else has the focus.
import { JUMP, toggle } from "./controls";
import type { Session } from "./session";

const STEP = 5;

export function listenKeys(root: HTMLElement, session: Session): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target && target !== document.body && !root.contains(target)) return;
    if (target?.closest("input, select, textarea, summary")) return;
    const act = actionFor(event, target, session);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function actionFor(event: KeyboardEvent, target: Element | null, session: Session): (() => void) | null {
  const by = (seconds: number) => (): void => session.seek(session.now() + seconds);
  switch (event.code) {
    case "KeyJ": return by(-JUMP);
    case "KeyK": return () => toggle(session);
    case "KeyL": return by(JUMP);
    case "ArrowLeft": return by(event.shiftKey ? -1 : -STEP);
    case "ArrowRight": return by(event.shiftKey ? 1 : STEP);
  }
  // These would scroll or press a button elsewhere: they are ours only on the time line.
  if (!target?.matches("[role=slider]")) return null;
  const score = session.score();
  switch (event.code) {
    case "Space": return () => toggle(session);
    case "ArrowUp": return by(60);
    case "ArrowDown": return by(-60);
    case "PageUp": return by(300);
    case "PageDown": return by(-300);
    case "Home": return score ? () => session.seek(score.start) : null;
    case "End": return score ? () => (score.live ? session.goLive() : session.seek(score.end - JUMP)) : null;
    default: return null;
  }
}
