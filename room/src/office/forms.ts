// Before a form with typed words leaves the page, the server is asked whether it is there and knows us. If not, the
// page stays: it asks again by itself when the server was away, and waits for a press when somebody has to sign in.
import * as banner from "./banner";

const ASK = "/phien/";
const LONGEST_WAIT_MS = 8_000;
const WAITS = [5, 10, 20, 30]; // seconds; the last one again and again

export type Session = { kind: "here"; token: string } | { kind: "signed-out" } | { kind: "away" };

const free = new WeakSet<HTMLFormElement>(); // may leave now
const held = new WeakSet<HTMLFormElement>(); // waits for an answer: a second press changes nothing

export function watchForms(page: Document, ask = askServer): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !isWatched(form) || free.delete(form)) return;
    event.preventDefault();
    if (held.has(form)) return;
    held.add(form);
    void send(page, form, (event as SubmitEvent).submitter, ask).finally(() => held.delete(form));
  });
}

const BARE = ["hidden", "checkbox", "radio", "submit", "button", "password"]; // hold no words

/** Forms that post to us and hold words; a table of ticks or a button is sent as it always was. */
export function isWatched(form: HTMLFormElement): boolean {
  if (form.getAttribute("method")?.toLowerCase() !== "post" || form.closest("[hx-boost=true],[data-plain]")) return false;
  const boxes = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input")];
  return boxes.some((box) => !BARE.includes(box.type) && box.value.trim() !== "");
}

export async function send(
  page: Document,
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  ask: () => Promise<Session>,
  wait: (ms: number) => Promise<void> = pause,
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const session = await ask();
    if (session.kind === "here") return leave(page, form, submitter, session.token);
    if (session.kind === "signed-out") return banner.show(page, banner.SAY.signedOut, true);
    for (let left = WAITS[Math.min(tries, WAITS.length - 1)] ?? 5; left > 0; left -= 1) {
      banner.show(page, banner.SAY.lost(left));
      await wait(1000);
    }
  }
}

/** With the token of today's session: the page may be older than the last sign-in. */
function leave(page: Document, form: HTMLFormElement, submitter: HTMLElement | null, token: string): void {
  banner.hide(page);
  const field = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  if (field && token) field.value = token;
  free.add(form);
  form.requestSubmit(submitter);
}

async function askServer(): Promise<Session> {
  try {
    const answer = await fetch(ASK, { cache: "no-store", signal: AbortSignal.timeout(LONGEST_WAIT_MS) });
    if (answer.status >= 500) return { kind: "away" };
    const body = (await answer.json()) as { signed_in: boolean; token: string };
    return body.signed_in ? { kind: "here", token: body.token } : { kind: "signed-out" };
  } catch {
    return { kind: "away" };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
