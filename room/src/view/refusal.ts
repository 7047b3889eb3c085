import { attribute, make, show, write } from "../dom";
import type { Part } from "./view";

/** Django's own sentence, beside the commands, until the next command is given. */
export function createRefusal(): Part {
  const text = make("span", { class: "message-text" });
  const node = make(
    "div",
    { class: "message refusal", "data-tone": "warn", role: "alert" },
    make("span", { class: "message-shape", "aria-hidden": "true" }, "▲"),
    text,
  );
  return {
    node,
    update({ refusal }) {
      show(node, refusal !== null);
      write(text, refusal?.sentence ?? "");
      attribute(node, "data-refusal", refusal ? refusal.code || "refused" : null);
    },
  };
}
