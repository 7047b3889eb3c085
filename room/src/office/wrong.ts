// A long form that comes back with a complaint: the reader is put at the first field that it is about.
const BOXES = "input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)";
const ANSWERS = [409, 422];

/** Of the fields beside the first complaint, the one that is marked, else the first. */
export function firstWrong(page: ParentNode): HTMLElement | null {
  for (const complaint of page.querySelectorAll("form .field-error")) {
    for (let around = complaint.parentElement; around && around.tagName !== "FORM"; around = around.parentElement) {
      const box = around.querySelector<HTMLElement>("[aria-invalid=true]:not(:disabled)") ?? around.querySelector<HTMLElement>(BOXES);
      if (box) return box;
    }
  }
  return null;
}

export function showWrong(page: Document): void {
  show(page);
  page.addEventListener("htmx:afterSettle", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr?: XMLHttpRequest }>).detail;
    if (xhr && ANSWERS.includes(xhr.status)) show(page);
  });
}

function show(page: Document): void {
  const box = firstWrong(page);
  box?.focus({ preventScroll: true });
  box?.scrollIntoView({ block: "center" }); // its label and its sentence are to be seen too
}
