// The reception room: ties connection, own devices, publishing, subscriptions and the page together.
import "./css/room.css";
import { keepConnection } from "./connection";
import { type Command, pageConfig, type RoomConfig, type RoomState } from "./contract";
import { stagePlan } from "./halls";
import { exposeMetrics, metrics } from "./metrics";
import { keepDevice } from "./own/device";
import { createPublishing } from "./own/publishing";
import { post } from "./requests";
import { newer, readState } from "./state";
import { NOTHING, wish } from "./subscriptions";
import { makeLiveKit } from "./transport/livekit";
import type { Figures } from "./transport/transport";
import { createPage } from "./view/page";
import { createSound } from "./view/sound";
import type { Deeds, Refusal, View } from "./view/view";
import { SAY } from "./words";

const LISTENS_KEY = "tiepdan.listens";

function start(root: HTMLElement, config: RoomConfig): void {
  const isPoint = config.role === "point";
  let state: RoomState | null = null;
  let wantedPage = 0;
  let refusal: Refusal | null = null;
  let busy: Command | null = null;
  let listens = isPoint || localStorage.getItem(LISTENS_KEY) !== "0";
  let figures: ReadonlyMap<string, Figures> = new Map();
  let scheduled = false;
  const seen = new Set<string>();

  const changed = () => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      refresh();
    });
  };

  const takeState = (incoming: RoomState | null) => {
    const next = newer(state, incoming);
    if (!next || next === state) return;
    if (next.floor?.hall !== state?.floor?.hall) metrics.floor = { hall: next.floor?.hall ?? null, at: performance.now() };
    state = next;
    keeper.stateShown(next);
    changed();
  };

  const camera = keepDevice("camera", changed);
  const microphone = keepDevice("microphone", changed);
  const publishing = createPublishing({ camera: camera.track, microphone: microphone.track });
  const sound = createSound(changed);
  const keeper = keepConnection({
    config,
    make: makeLiveKit,
    takeState,
    takeNote: (text) => takeState(readState(text)),
    changed,
  });

  // What is pressed while an earlier command is still on its way waits for its turn; only a second press of the same is
  // dropped, since it is a double click.
  let turn: Promise<void> = Promise.resolve();
  const pressed = new Set<string>();

  function command(name: Command, fields: Record<string, string> = {}): void {
    const key = JSON.stringify([name, fields]);
    if (pressed.has(key)) return;
    pressed.add(key);
    turn = turn.then(() => send(name, fields)).finally(() => pressed.delete(key));
  }

  async function send(name: Command, fields: Record<string, string>): Promise<void> {
    const url = config.urls[name];
    if (!url) return;
    busy = name;
    refusal = null;
    metrics.command = { name, at: performance.now() };
    changed();
    const answer = await post<{ state: RoomState }>(url, config.csrf, fields);
    busy = null;
    if (answer.kind === "ok") takeState(answer.body.state);
    else if (answer.kind === "refused") refusal = { sentence: answer.sentence, code: answer.code };
    else {
      const sentence = keeper.link().connection === "connected" ? SAY.notSent : SAY.notSentAlone;
      refusal = { sentence, code: "unreachable" };
    }
    changed();
  }

  const deeds: Deeds = {
    command,
    join: (takeover) => keeper.join(takeover),
    turnPage(page) {
      wantedPage = page;
      changed();
    },
    setMuted(muted) {
      publishing.setMuted(muted);
      changed();
    },
    reopen: (kind) => void (kind === "camera" ? camera : microphone).open(),
    startSound: () => sound.start(),
    setListens(value) {
      listens = value;
      localStorage.setItem(LISTENS_KEY, value ? "1" : "0");
      changed();
    },
  };

  function look(): View {
    const transport = keeper.transport();
    const presences = transport?.halls() ?? new Map();
    for (const hall of presences.keys()) seen.add(hall);
    const plan = state
      ? stagePlan(state, isPoint ? config.hall : null, wantedPage)
      : { main: null, strip: [], page: 0, pages: 1 };
    wantedPage = plan.page;
    return {
      config,
      state,
      link: keeper.link(),
      transport,
      presences,
      seen,
      plan,
      figures,
      refusal,
      busy,
      soundBlocked: sound.blocked(),
      listens,
      own: {
        camera: camera.track(),
        cameraProblem: isPoint ? camera.problem() : null,
        microphoneProblem: isPoint ? microphone.problem() : null,
        microphone: publishing.microphone(),
      },
    };
  }

  function refresh(): void {
    const { link, plan } = look();
    const transport = keeper.transport();
    if (link.connection === "ended") {
      camera.close();
      microphone.close();
    }
    const viewer = { hall: isPoint ? config.hall : null, hidden: document.hidden, listens };
    const wanted = state ? wish(state, plan, viewer) : NOTHING;
    transport?.want(wanted);
    sound.play(transport, wanted.sounds);
    if (isPoint) void publishing.sync(transport);
    // Read again: the lines above change what is there to show.
    page.update(look());
  }

  const page = createPage(root, look(), deeds, changed);
  root.style.setProperty("--above", `${Math.max(0, Math.round(root.getBoundingClientRect().top))}px`);
  document.addEventListener("visibilitychange", changed);
  setInterval(changed, 500); // clocks, timers, and pictures that stopped without telling
  if (config.role === "technician") {
    setInterval(async () => {
      figures = (await keeper.transport()?.figures().catch(() => null)) ?? new Map();
    }, 2000);
  }
  if (isPoint) {
    void camera.open().then(() => microphone.open());
  }
  keeper.join();
  changed();
}

exposeMetrics();
const root = document.getElementById("room");
if (root) start(root, pageConfig<RoomConfig>("room-config"));
