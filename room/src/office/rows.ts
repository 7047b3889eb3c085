// Alt ↑ and Alt ↓ press the buttons of the row in which somebody works (kịch bản). The page comes back with the row's
// name in its address; the focus goes there, so that the next press moves the same row on.
export type Way = "up" | "down" | "";
type Keys = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

export function wayOf(keys: Keys): Way {
  if (!keys.altKey || keys.ctrlKey || keys.metaKey || keys.shiftKey) return "";
  return keys.key === "ArrowUp" ? "up" : keys.key === "ArrowDown" ? "down" : "";
}

export function watchRows(page: Document, hash = location.hash): void {
  page.addEventListener("keydown", (event) => {
    const way = wayOf(event);
    const row = way && (event.target as Element).closest("tr[data-row]");
    if (!row) return;
    event.preventDefault();
    const button = row.querySelector<HTMLButtonElement>(`button[data-move="${way}"]`);
    if (button && !button.disabled) button.click();
  });
  const named = hash ? page.getElementById(hash.slice(1)) : null;
  if (!named?.matches("tr[data-row]")) return;
  // The browser drops the focus when it scrolls to a named row, which it does until the page is loaded.
  const focus = (): void => named.querySelector<HTMLElement>("a, button")?.focus();
  if (page.readyState === "complete") focus();
  else window.addEventListener("load", () => setTimeout(focus), { once: true });
}
