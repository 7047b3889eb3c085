// All reading of media goes through one queue: HTTP/1.1 gives a page six connections, two stay free for index and catalogue.

export interface Request {
  readonly url: string;
  /** Byte range [from, to). */
  readonly from: number;
  readonly to: number;
  /** Seconds until it is needed; the smallest goes first. Asked when a place becomes free. */
  readonly urgency: () => number;
  readonly signal: AbortSignal;
}

export interface Queue {
  get(request: Request): Promise<Uint8Array<ArrayBuffer>>;
}

type Read = (request: Request) => Promise<Uint8Array<ArrayBuffer>>;

interface Waiting {
  readonly request: Request;
  readonly start: () => void;
}

export function newQueue(places = 4, reader: Read = readRange): Queue {
  const waiting: Waiting[] = [];
  let running = 0;

  const next = (): void => {
    while (running < places && waiting.length > 0) {
      let best = 0;
      for (let i = 1; i < waiting.length; i += 1) {
        if ((waiting[i]?.request.urgency() ?? 0) < (waiting[best]?.request.urgency() ?? 0)) best = i;
      }
      waiting.splice(best, 1)[0]?.start();
    }
  };

  const get = (request: Request): Promise<Uint8Array<ArrayBuffer>> => new Promise((resolve, reject) => {
    const start = (): void => {
      if (request.signal.aborted) {
        reject(request.signal.reason);
        return;
      }
      running += 1;
      reader(request).then(resolve, reject).finally(() => {
        running -= 1;
        next();
      });
    };
    waiting.push({ request, start });
    next();
  });
  return { get };
}

const TOO_LONG = 20_000;

async function readRange({ url, from, to, signal }: Request): Promise<Uint8Array<ArrayBuffer>> {
  // AbortSignal.any would do, but Firefox 115 and Safari 16 do not have it.
  const stop = new AbortController();
  const forward = (): void => stop.abort(signal.reason);
  const timer = setTimeout(() => stop.abort(new Error(`${url}: no answer`)), TOO_LONG);
  signal.addEventListener("abort", forward);
  try {
    const answer = await fetch(url, {
      headers: { Range: `bytes=${from}-${to - 1}` },
      // A growing file has another tag at each request: the browser's cache cannot help and must not answer.
      cache: "no-store",
      signal: stop.signal,
    });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const wanted = answer.status === 206 ? bytes : bytes.slice(from, to);
    if (wanted.length !== to - from) throw new Error(`${url}: ${wanted.length} of ${to - from} bytes`);
    return wanted;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", forward);
  }
}
