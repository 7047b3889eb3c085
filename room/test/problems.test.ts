import { expect, test } from "vitest";
import { problem, problemOf, together } from "../src/own/problems";

const failure = (name: string) => Object.assign(new Error(name), { name });

test.each([
  ["NotAllowedError", "refused"],
  ["NotFoundError", "missing"],
  ["OverconstrainedError", "missing"],
  ["NotReadableError", "busy"],
  ["InsecureError", "insecure"],
  ["TypeError", "insecure"],
  ["Whatever", "other"],
])("%s is told as %s, with something to do", (name, code) => {
  for (const kind of ["camera", "microphone"] as const) {
    const found = problemOf(kind, failure(name));
    expect(found.code).toBe(code);
    expect(found.sentence).toMatch(/[Bb]ấm|[Gg]ọi/);
  }
});

test("two refusals by the browser are one errand", () => {
  const both = together(problem("camera", "refused"), problem("microphone", "refused"));
  expect(both?.sentence).toContain("dùng camera và micro");
  expect(together(problem("camera", "missing"), problem("microphone", "missing"))).toBeNull();
  expect(together(problem("camera", "refused"), null)).toBeNull();
});
