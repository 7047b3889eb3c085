// One step of the device check: it shows itself, and says how it went.
import { button, make, show, write } from "../dom";

export type StepName = "camera" | "speaker" | "microphone" | "rules";

/** `ok`, or the code of what is wrong; kept in the audit log. */
export type Result = string;

export interface Step {
  name: StepName;
  node: HTMLElement;
  enter(): void;
  leave(): void;
}

export interface Done {
  (name: StepName, result: Result, detail?: Record<string, string | number>): void;
}

/** What is wrong and what to do, read out at once. */
export function createAdvice(): { node: HTMLElement; say(sentence: string): void } {
  const text = make("span", { class: "message-text" });
  const node = make(
    "div",
    { class: "message", "data-tone": "warn", role: "alert", "data-advice": true },
    make("span", { class: "message-shape", "aria-hidden": "true" }, "▲"),
    text,
  );
  show(node, false);
  return {
    node,
    say(sentence) {
      write(text, sentence);
      show(node, sentence !== "");
    },
  };
}

/** A hall must be able to come in with half its equipment: the step is passed over, and the log says so. */
export function skipButton(press: () => void): HTMLButtonElement {
  return button("Bỏ qua bước này", "btn-link", press, { "data-action": "skip" });
}
