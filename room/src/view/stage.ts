// All halls: one large, the others in a strip, paged beyond nine.
import type { HallKey } from "../contract";
import { attribute, button, hold, make, show, write } from "../dom";
import { findHall } from "../state";
import { createTile, type Tile } from "./tile";
import type { Deeds, Part, View } from "./view";

export function createStage(deeds: Deeds, moved: () => void): Part {
  const tiles = new Map<HallKey, Tile>();
  const grid = make("div", { class: "stage-grid" });
  const pageText = make("span", { class: "stage-page" });
  let page = 0;
  const pager = make(
    "nav",
    { class: "stage-pager", "aria-label": "Trang điểm cầu" },
    button("Trang trước", "btn-outline-primary", () => deeds.turnPage(page - 1), { "data-action": "previous-page" }),
    pageText,
    button("Trang sau", "btn-outline-primary", () => deeds.turnPage(page + 1), { "data-action": "next-page" }),
  );
  const node = make("section", { class: "stage", "aria-label": "Hình các điểm cầu" }, grid, pager);

  function tileOf(hall: HallKey): Tile {
    const known = tiles.get(hall);
    if (known) return known;
    const tile = createTile(moved);
    tiles.set(hall, tile);
    return tile;
  }

  return {
    node,
    update(view) {
      const { plan, state } = view;
      if (!state) return;
      page = plan.page;
      // In the order of the plan, and enlarged by CSS: a tile that moved in the page would lose its picture for a moment.
      const shown = state.halls.filter((hall) => hall.hall === plan.main || plan.strip.includes(hall.hall));
      hold(grid, shown.map((hall) => tileOf(hall.hall).node));
      for (const hall of shown) {
        const { node: tile } = tileOf(hall.hall);
        const main = hall.hall === plan.main;
        attribute(tile, "data-main", main);
        tile.style.order = main ? "-1" : "0";
        tileOf(hall.hall).update(view, hall, false);
      }
      // A tile that is out of sight keeps no picture.
      for (const [key, tile] of tiles) {
        const hall = findHall(state, key);
        if (hall && !shown.includes(hall)) tile.update(view, hall, false);
      }
      layout(grid, view);
      show(pager, plan.pages > 1);
      write(pageText, `Trang ${plan.page + 1}/${plan.pages}`);
    },
  };
}

/** Few halls stand in a row under the large one; many stand beside it, where a low screen has more room. */
function layout(grid: HTMLElement, { plan }: View): void {
  const count = plan.strip.length;
  attribute(grid, "data-crowded", count > 5 || plan.pages > 1);
  grid.style.setProperty("--strip-rows", count > 0 ? "1" : "0");
  grid.style.setProperty("--strip-columns", String(Math.max(4, count)));
}
