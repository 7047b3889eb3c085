import { attribute, button, make } from "../dom";
import { createAdvice, type Step } from "./step";

const CONSENT = "Điểm cầu đồng ý để người chủ trì bật, tắt micro của hội trường trong buổi tiếp.";
const RULES = "Đã đọc nội quy; không tự ghi âm, ghi hình khi người chủ trì đã yêu cầu không.";

/** `enter` sends the result and opens the room; it answers with a sentence when that was refused. */
export function createRulesStep(enterRoom: () => Promise<string>): Step {
  const consent = tick("consent", CONSENT);
  const rules = tick("rules", RULES);
  const advice = createAdvice();
  const enter = button("Vào phòng", "btn-primary btn-lg check-enter", () => void press(), { "data-action": "enter" });

  for (const { box } of [consent, rules]) box.addEventListener("change", () => advice.say(""));

  async function press(): Promise<void> {
    const missing = [consent, rules].find(({ box }) => !box.checked);
    if (missing) {
      advice.say(`Chưa vào được: hãy đánh dấu «${missing.sentence}»`);
      missing.box.focus();
      return;
    }
    if (enter.hasAttribute("aria-busy")) return;
    attribute(enter, "aria-busy", "true");
    advice.say(await enterRoom());
    attribute(enter, "aria-busy", null);
  }

  const node = make(
    "section",
    { class: "check" },
    make("h2", {}, "Nội quy và đồng ý"),
    make(
      "ul",
      { class: "check-rules" },
      make("li", {}, "Trang phục lịch sự, giữ trật tự trong hội trường."),
      make("li", {}, "Camera luôn mở trong suốt buổi tiếp."),
      make("li", {}, "Micro chỉ bật khi người chủ trì mời phát biểu."),
      make("li", {}, "Buổi tiếp được ghi âm, ghi hình theo Điều 24 Nghị định số 154/2026/NĐ-CP."),
    ),
    consent.node,
    rules.node,
    advice.node,
    make("div", { class: "check-buttons" }, enter),
  );
  return { name: "rules", node, enter: () => consent.box.focus(), leave: () => undefined };
}

function tick(name: string, sentence: string): { node: HTMLElement; box: HTMLInputElement; sentence: string } {
  const box = make("input", { type: "checkbox", class: "form-check-input", name, "data-field": name });
  return { node: make("label", { class: "check-tick" }, box, make("span", {}, sentence)), box, sentence };
}
