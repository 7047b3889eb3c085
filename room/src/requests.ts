// Talking to Django: same-origin, session cookie, CSRF header. Every answer is a value, never an exception.
import { learnServerTime } from "./clock";
import { SAY } from "./words";

export type Answer<T> =
  | { kind: "ok"; body: T }
  | { kind: "refused"; status: number; sentence: string; code: string }
  | { kind: "unreachable" };

const LONGEST_WAIT_MS = 10_000;
const AT_ONCE_MS = 300;
const AGAIN_AFTER_MS = 500;

export async function get<T>(url: string): Promise<Answer<T>> {
  return send<T>(url, { method: "GET" });
}

export async function post<T>(url: string, csrf: string, fields: Record<string, string> = {}): Promise<Answer<T>> {
  return send<T>(url, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": csrf } });
}

/** The server's response, or null. What fails at once never reached it, as over a line that a restart has cut: once more. */
async function reach(url: string, request: RequestInit, tries = 2): Promise<Response | null> {
  const begun = performance.now();
  try {
    return await fetch(url, {
      ...request,
      headers: { ...request.headers, Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
  } catch {
    if (tries <= 1 || performance.now() - begun > AT_ONCE_MS) return null;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    return reach(url, request, tries - 1);
  }
}

async function send<T>(url: string, request: RequestInit): Promise<Answer<T>> {
  const response = await reach(url, request);
  if (!response) return { kind: "unreachable" };
  learnServerTime(response.headers.get("Date"));
  if (response.status === 204) return { kind: "ok", body: {} as T };
  const body = await response.json().catch(() => null);
  // A proxy in front of a stopped web server answers 502 to 504 without a sentence: that is no refusal, it passes.
  if (response.status >= 500 && !(body as { sentence?: string } | null)?.sentence) return { kind: "unreachable" };
  // Signed out: Django sends the sign-in page instead of JSON.
  if (body === null || typeof body !== "object" || response.redirected) {
    return { kind: "refused", status: response.status, sentence: SAY.signedOut, code: "signed_out" };
  }
  if (response.ok) return { kind: "ok", body: body as T };
  const { sentence, code } = body as { sentence?: string; code?: string };
  return { kind: "refused", status: response.status, sentence: sentence ?? SAY.signedOut, code: code ?? "" };
}
