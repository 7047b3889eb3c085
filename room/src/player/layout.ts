// How many columns of tiles show the largest pictures. Pure.

export interface Grid { readonly columns: number; readonly tile: number }

const RATIO = 16 / 9;

/** `bar`: pixels below each picture, `gap`: between tiles. */
export function gridFor(count: number, width: number, height: number, bar: number, gap: number): Grid {
  let best: Grid = { columns: 1, tile: 0 };
  for (let columns = 1; columns <= Math.max(count, 1); columns += 1) {
    const rows = Math.ceil(count / columns);
    const byWidth = (width - gap * (columns - 1)) / columns;
    const byHeight = ((height - gap * (rows - 1)) / rows - bar) * RATIO;
    const tile = Math.floor(Math.min(byWidth, byHeight));
    if (tile > best.tile) best = { columns, tile };
  }
  return best;
}

/** Width of the one enlarged tile: as high as the stage, but the others keep a good third. */
export function largeTile(width: number, height: number, bar: number): number {
  return Math.floor(Math.min((height - bar) * RATIO, width * 0.64));
}
