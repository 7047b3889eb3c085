// Talking to Django: same-origin, session cookie, CSRF header. Every answer is a value, never an exception.
import { learnServerTime } from "./clock";
import { SAY } from "./words";

export type Answer<T> =
  | { kind: "ok"; body: T }
  | { kind: "refused"; status: number; sentence: string; code: string }
  | { kind: "unreachable" };

const LONGEST_WAIT_MS = 10_000;

export async function get<T>(url: string): Promise<Answer<T>> {
  return send<T>(url, { method: "GET" });
}

export async function post<T>(url: string, csrf: string, fields: Record<string, string> = {}): Promise<Answer<T>> {
  return send<T>(url, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": csrf } });
}

async function send<T>(url: string, request: RequestInit): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(url, {
      ...request,
      headers: { ...request.headers, Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
  } catch {
    return { kind: "unreachable" };
  }
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
