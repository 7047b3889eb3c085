// Small builders: a take's files as the index reader would have made them.
import { addCluster, newClusters } from "../../src/player/clusters";
import type { Catalogue, Mark, Source, Take } from "../../src/player/catalogue";
import type { TakeFile } from "../../src/player/index";

export interface FileWish {
  take?: string;
  hall?: string;
  source?: Source;
  wall: number;
  seconds: number;
  width?: number;
  codec?: string;
  /** Keyframe distance in seconds. */
  key?: number;
  closed?: boolean;
  /** Clusters inside these seconds of the file are missing. */
  hole?: [number, number];
}

let files = 0;

/** One cluster of 1000 bytes each second after a header of 300 bytes. */
export function file(wish: FileWish): TakeFile {
  files += 1;
  const take = wish.take ?? "a";
  const path = `hall/${wish.source ?? "camera"}/${files}.webm`;
  const clusters = newClusters();
  let offset = 300;
  for (let i = 0; i < wish.seconds; i += 1) {
    if (wish.hole && i >= wish.hole[0] && i < wish.hole[1]) continue;
    addCluster(clusters, offset, 1000, i * 1000, i % (wish.key ?? 3) === 0);
    offset += 1000;
  }
  const closed = wish.closed ?? true;
  return {
    key: `${take}/${files}`, take, recorder: take.slice(0, 1), path, url: `/${path}`,
    hall: wish.hall ?? "p1", source: wish.source ?? "camera", codec: wish.codec ?? "vp8",
    width: wish.width ?? 1280, height: 720, header: 300, clusters,
    wall: wish.wall, closed, duration: closed ? wish.seconds : null, bytes: closed ? offset : null,
  };
}

export function take(id: string, state: Take["state"] = "archived"): Take {
  return {
    id, recorder: id.slice(0, 1), recorder_name: `Máy ghi ${id}`, state, started_at: null, ended_at: null,
    index: `/t/${id}/index.jsonl`, base: `/t/${id}/`,
  };
}

export const iso = (unix: number): string => new Date(unix * 1000).toISOString();

export function mark(at: number, kind: string, hall: string | null = null): Mark {
  return { at: iso(at), kind, label: "", hall };
}

export function catalogue(part: Partial<Catalogue>): Catalogue {
  return {
    phase: "closed", opened_at: iso(1000), closed_at: iso(1100), live: false,
    halls: [{ hall: "p1", name: "Trung tâm", central: true }, { hall: "p2", name: "Xã Thanh Lộc", central: false }],
    takes: [take("a")], marks: [], ...part,
  };
}

/** A playlist in short: which take from when to when. */
export function brief(spans: readonly { file: TakeFile; from: number; to: number }[]): string {
  return spans.map((span) => `${span.file.take} ${round(span.from)}-${round(span.to)}`).join(", ");
}

const round = (n: number): number => Math.round(n * 100) / 100;
