// «Nghe đọc lịch»: the browser's own voice reads the schedule. Without script, or without a Vietnamese voice on the
// machine, there is no button; nothing is sent anywhere.
import { readable, vietnamese } from "./reader/words";

const BLOCKS = "h1, h2, h3, p, dt, dd, li";

function begin(button: HTMLButtonElement, root: HTMLElement): void {
  const words = button.textContent ?? "";
  const rest = (): void => {
    button.textContent = words;
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    const isReading = button.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    if (isReading) return rest();
    const voice = vietnamese(speechSynthesis.getVoices());
    const parts = [...root.querySelectorAll<HTMLElement>(BLOCKS)].map((part) => readable(part.innerText)).filter(Boolean);
    if (voice === undefined || parts.length === 0) return;
    button.textContent = "Dừng đọc";
    button.setAttribute("aria-pressed", "true");
    // Block by block: some browsers fall silent in the middle of a long text.
    parts.forEach((part, at) => {
      const said = new SpeechSynthesisUtterance(part);
      said.lang = "vi-VN";
      said.voice = voice;
      said.rate = 0.95;
      if (at === parts.length - 1) said.addEventListener("end", rest);
      speechSynthesis.speak(said);
    });
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}

function offer(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("button[data-read]")];
  const show = (): void => {
    if (vietnamese(speechSynthesis.getVoices()) === undefined) return;
    for (const button of buttons) button.hidden = false;
  };
  for (const button of buttons) {
    const root = document.getElementById(button.dataset.read ?? "");
    if (root !== null) begin(button, root);
  }
  show();
  speechSynthesis.addEventListener?.("voiceschanged", show); // voices come some time after the page
}

if ("speechSynthesis" in window) offer();
