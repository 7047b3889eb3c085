// «In …»: a button that does what Ctrl P does; without script it is not there. A page that htmx put in place of another
// has its buttons too.
export function offerPrinting(page: Document): void {
  show(page);
  page.addEventListener("htmx:afterSettle", () => show(page));
  page.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("button[data-print]")) window.print();
  });
}

function show(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-print]")) button.hidden = false;
}
