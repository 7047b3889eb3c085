// Rows of the running order drawn by their handle. While a row moves, the times follow; when it is let go, the whole
// order goes to the server in one form, with the order that this page began with: of two people the second is told.
export interface Timed {
  id: string;
  minutes: number;
}

/** The list with one entry taken out and put before or after another. */
export function moved<T extends { id: string }>(rows: T[], id: string, beside: string, after: boolean): T[] {
  const one = rows.find((row) => row.id === id);
  const rest = rows.filter((row) => row.id !== id);
  const at = rest.findIndex((row) => row.id === beside);
  if (!one || at < 0) return rows;
  return [...rest.slice(0, at + Number(after)), one, ...rest.slice(at + Number(after))];
}

/** «08:30», «08:35» …: when each begins; past midnight the clock begins anew. */
export function starts(first: string, rows: Timed[]): string[] {
  const [hours = 0, minutes = 0] = first.split(":").map(Number);
  let at = hours * 60 + minutes;
  return rows.map((row) => {
    const shown = `${two(Math.floor(at / 60) % 24)}:${two(at % 60)}`;
    at += row.minutes;
    return shown;
  });
}

export function watchOrder(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form[data-order]");
  const body = form?.querySelector("tbody");
  const field = form?.querySelector<HTMLInputElement>("input[name=order]");
  const which = form?.querySelector<HTMLInputElement>("input[name=moved]");
  const send = form?.querySelector<HTMLButtonElement>("button[data-order-send]");
  if (!form || !body || !field || !which || !send) return;
  const before = ids(body);
  let drawn: HTMLTableRowElement | null = null;
  for (const one of page.querySelectorAll<HTMLElement>("[data-handle], [data-draw]")) one.hidden = false;
  form.addEventListener("dragstart", (event) => {
    drawn = (event.target as Element).closest?.("[data-handle]")?.closest<HTMLTableRowElement>("tr[data-row]") ?? null;
    if (!drawn || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", drawn.id);
    event.dataTransfer.setDragImage(drawn, 0, 0);
    drawn.classList.add("drawn");
  });
  form.addEventListener("dragover", (event) => {
    const over = drawn && (event.target as Element).closest<HTMLTableRowElement>("tr[data-row]");
    if (!drawn || !over) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    arrange(body, moved(timed(body), drawn.id, over.id, event.clientY > box.top + box.height / 2));
  });
  form.addEventListener("drop", (event) => {
    if (!drawn) return;
    event.preventDefault();
    if (ids(body) === before) return;
    field.value = ids(body);
    which.value = numberOf(drawn.id);
    drawn = null; // what follows must not put it back
    form.requestSubmit(send);
  });
  form.addEventListener("dragend", () => {
    for (const row of body.querySelectorAll(".drawn")) row.classList.remove("drawn");
    if (drawn) arrange(body, before.split(",").map((id) => ({ id: `muc-${id}`, minutes: minutesOf(body, `muc-${id}`) })));
    drawn = null;
  });
}

function timed(body: Element): Timed[] {
  return [...body.querySelectorAll<HTMLElement>("tr[data-row]")].map((row) => ({
    id: row.id,
    minutes: Number(row.dataset.minutes),
  }));
}

function minutesOf(body: Element, id: string): number {
  return timed(body).find((row) => row.id === id)?.minutes ?? 0;
}

function ids(body: Element): string {
  return timed(body)
    .map((row) => numberOf(row.id))
    .join(",");
}

function numberOf(id: string): string {
  return id.replace("muc-", "");
}

/** Rows in this order, each with its new time. */
function arrange(body: HTMLElement, order: Timed[]): void {
  const times = starts(body.dataset.starts ?? "", order);
  order.forEach((one, at) => {
    const row = body.querySelector<HTMLElement>(`#${one.id}`);
    if (!row) return;
    if (body.children[at] !== row) body.insertBefore(row, body.children[at] ?? null);
    const time = row.querySelector("time");
    if (time) time.textContent = times[at] ?? "";
  });
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
