import { expect, test } from "vitest";
import { proposal } from "../src/office/calendar";

test("a reception that is drawn to another day opens its form with that day; where it was, nothing happens", () => {
  expect(proposal("/buoi-tiep/BT-2026-012/sua/", "2026-12-17", "2026-12-18")).toBe(
    "/buoi-tiep/BT-2026-012/sua/?ngay=2026-12-18",
  );
  expect(proposal("/buoi-tiep/BT-2026-012/sua/", "2026-12-17", "2026-12-17")).toBe("");
  expect(proposal("/buoi-tiep/BT-2026-012/sua/", "2026-12-17", "")).toBe("");
  expect(proposal("", "2026-12-17", "2026-12-18")).toBe("");
});
