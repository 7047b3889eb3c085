// The clusters of one file in one typed array: two hours of thirty halls stay below 20 MB.

const FIELDS = 4; // offset, length, time in ms, key

export interface Clusters {
  count: number;
  cells: Uint32Array;
}

export function newClusters(): Clusters {
  return { count: 0, cells: new Uint32Array(FIELDS * 16) };
}

export function addCluster(list: Clusters, offset: number, length: number, time: number, key: boolean): void {
  const at = list.count * FIELDS;
  if (at === list.cells.length) {
    const larger = new Uint32Array(list.cells.length * 2);
    larger.set(list.cells);
    list.cells = larger;
  }
  list.cells[at] = offset;
  list.cells[at + 1] = length;
  list.cells[at + 2] = time;
  list.cells[at + 3] = key ? 1 : 0;
  list.count += 1;
}

/** A closed file grows no more: its spare room is given back. */
export function trimClusters(list: Clusters): void {
  list.cells = list.cells.slice(0, list.count * FIELDS);
}

const cell = (list: Clusters, at: number, field: number): number => list.cells[at * FIELDS + field] ?? 0;

/** First byte of the cluster. */
export const offsetOf = (list: Clusters, at: number): number => cell(list, at, 0);
/** First byte after the cluster. */
export const endOf = (list: Clusters, at: number): number => cell(list, at, 0) + cell(list, at, 1);
/** Media time of the cluster in seconds. */
export const timeOf = (list: Clusters, at: number): number => cell(list, at, 2) / 1000;
export const isKey = (list: Clusters, at: number): boolean => cell(list, at, 3) === 1;

/** The last cluster that starts at or before `time`; -1 when all start later. */
export function clusterAt(list: Clusters, time: number): number {
  let low = 0;
  let high = list.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(list, middle) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The last key cluster at or before `at`, not before `floor`; -1 when there is none. */
export function keyBefore(list: Clusters, at: number, floor = 0): number {
  for (let i = Math.min(at, list.count - 1); i >= floor; i -= 1) if (isKey(list, i)) return i;
  return -1;
}
