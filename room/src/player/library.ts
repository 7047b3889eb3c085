// Keeps the catalogue and the takes' indexes up to date while the page is open.
import { readCatalogue, Told, type Catalogue } from "./catalogue";
import { newIndex, readMore, type TakeFile, type TakeIndex } from "./index";

export interface Library {
  catalogue(): Catalogue | null;
  indexes(): Iterable<TakeIndex>;
  files(): Iterable<TakeFile>;
  /** Sentence when the catalogue cannot be read, "" otherwise. */
  trouble(): string;
  /** Everything the catalogue names was read at least once. */
  complete(): boolean;
  close(): void;
}

const CATALOGUE_EVERY = 2000;
const INDEX_EVERY = 800;
/** After a take has ended its index may still get its last lines. */
const LAST_READS = 3;

/** `changed` is called after each step that brought something new. */
export function openLibrary(url: string, changed: () => void): Library {
  let catalogue: Catalogue | null = null;
  let said = "";
  let trouble = "";
  let closed = false;
  const shelf = new Map<string, { index: TakeIndex; quiet: number; tried: boolean }>();

  const readAgain = async (): Promise<void> => {
    try {
      const fresh = await readCatalogue(url);
      trouble = "";
      const now = JSON.stringify(fresh);
      if (now === said) return;
      said = now;
      catalogue = fresh;
      for (const take of fresh.takes) {
        if (!shelf.has(take.id)) shelf.set(take.id, { index: newIndex(take), quiet: 0, tried: false });
      }
    } catch (error) {
      trouble = error instanceof Told
        ? error.message
        : "Mất kết nối tới máy chủ. Những gì đã tải vẫn xem được. Hệ thống tự thử lại.";
    }
    changed();
  };

  const isLive = (id: string): boolean => {
    const state = catalogue?.takes.find((take) => take.id === id)?.state;
    return state === "recording" || state === "saving" || state === "requested";
  };

  const readIndexes = async (): Promise<void> => {
    for (const [id, slot] of shelf) {
      if (slot.quiet >= LAST_READS && !isLive(id)) continue;
      try {
        const more = await readMore(slot.index, changed);
        const first = !slot.tried;
        slot.tried = true;
        slot.quiet = more || isLive(id) ? 0 : slot.quiet + 1;
        if (first) changed();
      } catch {
        slot.tried = true; // the other recorder's take may be readable; this one is tried again with the next round
        changed();
      }
    }
  };

  const repeat = (job: () => Promise<void>, every: () => number): void => {
    const round = async (): Promise<void> => {
      if (closed) return;
      await job();
      setTimeout(() => void round(), every());
    };
    void round();
  };
  // Index reading waits for the first catalogue; a finished recording needs neither often.
  void readAgain().then(() => {
    repeat(readIndexes, () => INDEX_EVERY);
    setTimeout(() => repeat(readAgain, () => (catalogue?.live || trouble ? CATALOGUE_EVERY : 5 * CATALOGUE_EVERY)), CATALOGUE_EVERY);
  });

  return {
    catalogue: () => catalogue,
    indexes: () => [...shelf.values()].map((slot) => slot.index),
    files: function* () {
      for (const { index } of shelf.values()) yield* index.files.values();
    },
    trouble: () => trouble,
    complete: () => catalogue !== null && [...shelf.values()].every((slot) => slot.tried),
    close: () => { closed = true; },
  };
}
