// «In …»: a button that does what Ctrl P does; without script it is not there.
export function offerPrinting(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
