import { expect, test } from "vitest";
import { dayWords } from "../src/office/days";

test("the day of a field is said as everywhere else, whatever the language of the browser", () => {
  expect(dayWords("2026-12-10")).toBe("thứ Năm 10/12/2026");
  expect(dayWords("2026-11-22")).toBe("Chủ nhật 22/11/2026");
  expect(dayWords("0002-12-10")).toBe("");
  expect(dayWords("")).toBe("");
});
