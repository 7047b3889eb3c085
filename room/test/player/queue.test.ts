import { describe, expect, it } from "vitest";
import { newQueue, type Request } from "../../src/player/queue";

interface Pending { readonly request: Request; readonly done: () => void; readonly fail: () => void }

function bench(places: number): { get: (url: string, urgency: number, signal?: AbortSignal) => Promise<unknown>; pending: Pending[] } {
  const pending: Pending[] = [];
  const queue = newQueue(places, (request) => new Promise((resolve, reject) => {
    pending.push({ request, done: () => resolve(new Uint8Array(1)), fail: () => reject(new Error("no")) });
  }));
  return {
    pending,
    get: (url, urgency, signal = new AbortController().signal) => queue.get({ url, from: 0, to: 1, urgency: () => urgency, signal }),
  };
}

describe("the queue", () => {
  it("reads no more than its places at once and takes the most urgent next", async () => {
    const { get, pending } = bench(2);
    const answers = [get("a", 5), get("b", 5), get("c", 9), get("d", 1)];
    expect(pending.map((one) => one.request.url)).toEqual(["a", "b"]);
    pending[0]!.done();
    await answers[0];
    await Promise.resolve();
    expect(pending.map((one) => one.request.url)).toEqual(["a", "b", "d"]);
  });
  it("gives the place free after a failure", async () => {
    const { get, pending } = bench(1);
    const first = get("a", 1);
    const second = get("b", 1);
    pending[0]!.fail();
    await expect(first).rejects.toThrow("no");
    await Promise.resolve();
    pending[1]!.done();
    await expect(second).resolves.toBeDefined();
  });
  it("never starts what was given up while it waited", async () => {
    const { get, pending } = bench(1);
    const stop = new AbortController();
    const first = get("a", 1);
    const dropped = get("b", 1, stop.signal);
    const third = get("c", 2);
    stop.abort(new Error("moved"));
    pending[0]!.done();
    await first;
    await expect(dropped).rejects.toThrow("moved");
    expect(pending.map((one) => one.request.url)).toEqual(["a", "c"]);
    pending[1]!.done();
    await third;
  });
});
