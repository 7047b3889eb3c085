// The second step of what cannot be undone: it repeats the object, and Esc always means no.
import { button, make } from "../dom";

export interface Question {
  name: string;
  title: string;
  text: string;
  confirm: string;
  danger: boolean;
  /** Asks for a reason: a list to choose from, or a free line. */
  reason?: { label: string; choices?: string[]; placeholder?: string };
}

export function ask(question: Question): Promise<{ reason: string } | null> {
  return new Promise((resolve) => {
    const field = question.reason ? reasonField(question.reason) : null;
    const confirm = make(
      "button",
      { type: "submit", class: `btn ${question.danger ? "btn-danger" : "btn-primary"}`, "data-action": "confirm" },
      question.confirm,
    );
    const cancel = button("Không, quay lại", "btn-outline-secondary", () => dialog.close(), { "data-action": "cancel" });
    const form = make(
      "form",
      { method: "dialog" },
      make("h2", { id: "question" }, question.title),
      make("p", {}, question.text),
      field && question.reason ? make("label", { class: "question-reason" }, question.reason.label, field) : null,
      make("div", { class: "question-buttons" }, confirm, cancel),
    );
    const dialog = make(
      "dialog",
      { class: "question", "data-dialog": question.name, "aria-labelledby": "question" },
      form,
    );
    let answer: { reason: string } | null = null;
    form.addEventListener("submit", () => {
      answer = { reason: field?.value.trim() ?? "" };
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (field ?? cancel).focus();
  });
}

function reasonField(reason: NonNullable<Question["reason"]>): HTMLSelectElement | HTMLInputElement {
  const hooks = { name: "reason", "data-field": "reason", required: true };
  if (!reason.choices?.length) {
    const input = make("input", { ...hooks, class: "form-control", maxlength: "200", autocomplete: "off" });
    input.placeholder = reason.placeholder ?? "";
    // Spaces alone are no reason.
    input.pattern = ".*\\S.*";
    input.title = "Hãy ghi lý do.";
    return input;
  }
  const select = make("select", { ...hooks, class: "form-select" });
  for (const choice of reason.choices) select.append(make("option", { value: choice }, choice));
  return select;
}
