// Who has the floor, since when, and taking it back.
import { sinceText } from "../clock";
import { attribute, button, make, show, write } from "../dom";
import { findHall } from "../state";
import type { Deeds, Part } from "./view";

export function createFloorBar(deeds: Deeds): Part {
  const who = make("strong", { class: "floor-who", role: "status" });
  const timer = make("span", { class: "floor-timer" });
  const withdraw = button("Thu quyền phát biểu", "btn-outline-primary", () => deeds.command("withdraw"), {
    "data-command": "withdraw",
  });
  const node = make("div", { class: "floor" }, make("div", { class: "floor-words" }, who, timer), withdraw);
  return {
    node,
    update(view) {
      const floor = view.state?.floor ?? null;
      const hall = findHall(view.state, floor?.hall ?? null);
      write(who, hall ? `◆ ${hall.name} đang phát biểu` : "Chưa có điểm cầu nào được mời phát biểu");
      write(timer, floor ? sinceText(floor.since) : "");
      attribute(node, "data-tone", hall ? "civic" : "quiet");
      show(withdraw, view.config.urls.withdraw !== undefined);
      attribute(withdraw, "aria-busy", view.busy === "withdraw" ? "true" : null);
    },
  };
}
