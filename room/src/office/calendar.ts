// A reception that is drawn to another day of the calendar opens the form in which that day is proposed. Nothing moves
// here: whoever lets go by mistake leaves the form. Without a mouse the link «Đổi ngày» of each reception does the same.
type Go = (address: string) => void;

/** «/buoi-tiep/BT-2026-012/sua/?ngay=2026-12-18»; nothing when it is let go where it was. */
export function proposal(address: string, from: string, to: string): string {
  return address && to && from !== to ? `${address}?ngay=${to}` : "";
}

export function watchCalendar(page: Document, go: Go = (address) => location.assign(address)): void {
  const days = page.querySelectorAll<HTMLElement>("[data-day]");
  const hint = page.querySelector<HTMLElement>("[data-draw]");
  if (!days.length || !hint) return;
  hint.hidden = false;
  let drawn: HTMLElement | null = null;
  const dayOf = (slot: HTMLElement): string => slot.closest<HTMLElement>("[data-day]")?.dataset.day ?? "";
  const mark = (day: HTMLElement | null): void => {
    for (const one of days) one.classList.toggle("target", one === day);
  };
  page.addEventListener("dragstart", (event) => {
    drawn = (event.target as Element).closest?.<HTMLElement>("[data-proposes]") ?? null;
    if (!drawn || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", drawn.dataset.proposes ?? ""); // Firefox draws nothing without
    drawn.classList.add("drawn");
  });
  page.addEventListener("dragover", (event) => {
    const day = drawn && (event.target as Element).closest<HTMLElement>("[data-day]");
    mark(day);
    if (day) event.preventDefault();
  });
  page.addEventListener("drop", (event) => {
    const day = drawn && (event.target as Element).closest<HTMLElement>("[data-day]");
    if (!drawn || !day) return;
    event.preventDefault();
    const address = proposal(drawn.dataset.proposes ?? "", dayOf(drawn), day.dataset.day ?? "");
    if (address) go(address);
  });
  page.addEventListener("dragend", () => {
    drawn?.classList.remove("drawn");
    drawn = null;
    mark(null);
  });
}
