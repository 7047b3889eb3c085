// What the server says there is to play: halls, takes and marks. Read again every two seconds while the reception runs.

export type Source = "camera" | "microphone" | "screen" | "sound";

export interface Hall {
  readonly hall: string;
  readonly name: string;
  readonly central: boolean;
}

export type TakeState = "requested" | "recording" | "saving" | "archived" | "failed";

export interface Take {
  readonly id: string;
  readonly recorder: string;
  readonly recorder_name: string;
  readonly state: TakeState;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly index: string;
  readonly base: string;
}

export interface Mark {
  readonly at: string;
  readonly kind: string;
  readonly label: string;
  readonly hall: string | null;
}

export interface Catalogue {
  readonly phase: string;
  readonly opened_at: string | null;
  readonly closed_at: string | null;
  readonly live: boolean;
  readonly halls: readonly Hall[];
  readonly takes: readonly Take[];
  readonly marks: readonly Mark[];
}

/** A sentence that may be shown to the person at the screen. */
export class Told extends Error {}

export async function readCatalogue(url: string): Promise<Catalogue> {
  const answer = await fetch(url, {
    headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(10_000),
  });
  if (answer.ok) return (await answer.json()) as Catalogue;
  let sentence = "";
  try {
    sentence = ((await answer.json()) as { sentence?: string }).sentence ?? "";
  } catch {
    // An answer without JSON (a proxy's page): our own sentence is shown.
  }
  throw new Told(sentence || `Không đọc được mục lục bản ghi (mã ${answer.status}). Hệ thống tự thử lại.`);
}
