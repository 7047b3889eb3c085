// Keeps this page in the room: ticket from Django, join, and join again for ever after a fault of line or server.
import type { RoomConfig, RoomState, Ticket } from "./contract";
import type { Connection } from "./line";
import { metrics } from "./metrics";
import { type Answer, get, post } from "./requests";
import { afterLoss, type Loss, NOT_YET_MS, passesByItself, retryDelay } from "./retry";
import { ended, findHall } from "./state";
import type { MakeTransport, Transport } from "./transport/transport";
import { SAY } from "./words";

/** Why the page is outside and what a person may press. */
export interface Block {
  sentence: string;
  code: string;
  action: "takeover" | "join" | "signin" | "none";
}

export interface Link {
  connection: Connection;
  /** 0 while the engine's client tries alone, then the number of our own attempt. */
  attempt: number;
  cause: "media" | "web";
  block: Block | null;
  since: number;
}

export interface Keeper {
  link(): Link;
  transport(): Transport | null;
  join(takeover?: boolean): void;
  /** A newer state is shown: is this page affected? */
  stateShown(state: RoomState): void;
}

interface Parts {
  config: RoomConfig;
  make: MakeTransport;
  takeState(state: RoomState): void;
  takeNote(text: string): void;
  changed(): void;
}

const POLL_MS = 2000;
const TAKEOVER_CODES = new Set(["elsewhere", "replaced"]);

export function keepConnection({ config, make, takeState, takeNote, changed }: Parts): Keeper {
  let link: Link = { connection: "connecting", attempt: 0, cause: "media", block: null, since: Date.now() };
  let transport: Transport | null = null;
  // Each join makes the loops of an earlier one void.
  let round = 0;
  let joinedOnce = false;

  const set = (next: Partial<Link>) => {
    if (next.connection && next.connection !== link.connection) link.since = Date.now();
    link = { ...link, ...next };
    changed();
  };
  const waiting = (): Connection => (joinedOnce ? "reconnecting" : "connecting");

  function finish(): void {
    round += 1;
    leave(transport);
    transport = null;
    set({ connection: "ended", block: null });
  }

  function blocked(block: Block): void {
    set({ connection: "offline", block });
  }

  async function join(takeover = false): Promise<void> {
    round += 1;
    const mine = round;
    metrics.join = performance.now();
    set({ connection: waiting(), block: null, attempt: 0 });
    for (let attempt = 1; mine === round; attempt += 1) {
      await pause(retryDelay(attempt));
      if (mine !== round) return;
      if (attempt > 1 || joinedOnce) set({ attempt });
      const ticket = await post<Ticket>(config.urls.ticket, config.csrf, takeover ? { takeover: "1" } : {});
      if (mine !== round) return;
      if (ticket.kind === "unreachable") set({ cause: "web" });
      else if (ticket.kind === "refused") {
        if (ticket.code === "closed") return finish();
        if (!passesByItself(ticket.code)) return blocked(blockOf(ticket));
        if (ticket.code === "media_down") set({ cause: "media" });
        else {
          set({ block: { ...blockOf(ticket), action: "none" } });
          await pause(NOT_YET_MS);
        }
      } else if (await enter(ticket.body, mine)) return;
    }
  }

  async function enter(ticket: Ticket, mine: number): Promise<boolean> {
    metrics.ticket = performance.now();
    takeState(ticket.state);
    if (ended(ticket.state)) {
      finish();
      return true;
    }
    const fresh = make({
      note: takeNote,
      changed,
      interrupted: () => fresh === transport && set({ connection: "reconnecting", attempt: 0, cause: "media" }),
      resumed: () => fresh === transport && set({ connection: "connected", attempt: 0 }),
      lost: (loss) => fresh === transport && lose(loss),
    });
    try {
      await fresh.connect(ticket.url, ticket.token);
    } catch {
      set({ cause: "media" });
      return false;
    }
    if (mine !== round) {
      leave(fresh);
      return true;
    }
    transport = fresh;
    joinedOnce = true;
    metrics.connected = performance.now();
    takeNote(fresh.note());
    set({ connection: "connected", attempt: 0, block: null });
    return true;
  }

  function lose(loss: Loss): void {
    transport = null;
    const next = afterLoss(loss);
    if (next === "join") void join();
    else if (next === "ask") void ask(loss);
    else set({ connection: "offline" });
  }

  /** Let go by the server: find out why without taking the hall back. */
  async function ask(loss: Loss): Promise<void> {
    round += 1;
    const sentence = loss === "replaced" ? SAY.replaced : SAY.leftRoom;
    blocked({ sentence, code: loss === "replaced" ? "replaced" : "left", action: loss === "replaced" ? "takeover" : "join" });
    await poll();
  }

  async function poll(): Promise<void> {
    const before = link;
    const answer = await get<{ state: RoomState }>(config.urls.state);
    if (link.connection === "connected" || link.connection === "ended") return;
    if (answer.kind === "refused") {
      if (answer.code === "closed") finish();
      else if (link.connection === "offline" && link.block === before.block) blocked(blockOf(answer));
    } else if (answer.kind === "ok") {
      takeState(answer.body.state);
      // The chair let the hall in again: nobody has to touch this machine.
      const back = findHall(answer.body.state, config.hall)?.removed === false;
      if (link.connection === "offline" && link.block?.code === "removed" && back) void join();
    }
  }

  setInterval(() => {
    if (link.connection !== "connected" && link.connection !== "ended") void poll();
  }, POLL_MS);

  return {
    link: () => link,
    transport: () => transport,
    join: (takeover) => void join(takeover),
    stateShown(state) {
      if (link.connection === "ended") return;
      if (ended(state)) finish();
      else if (link.connection === "offline" && findHall(state, config.hall)?.removed && link.block?.code !== "removed") {
        blocked({ sentence: SAY.removed, code: "removed", action: "none" });
      }
    },
  };
}

function blockOf(refusal: Extract<Answer<unknown>, { kind: "refused" }>): Block {
  const { sentence, code } = refusal;
  if (TAKEOVER_CODES.has(code)) return { sentence, code, action: "takeover" };
  if (code === "signed_out" || code === "expired") return { sentence, code, action: "signin" };
  return { sentence, code, action: code === "revoked" || code === "removed" ? "none" : "join" };
}

function leave(transport: Transport | null): void {
  transport?.leave().catch(() => undefined); // the line may be gone already
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
