import { expect, test } from "vitest";
import { moved, starts } from "../src/office/order";

const rows = ["a", "b", "c", "d"].map((id) => ({ id, minutes: 10 }));
const names = (list: { id: string }[]): string => list.map((row) => row.id).join("");

test("a row is put before or after another one, up and down, and stays where it is beside itself", () => {
  expect(names(moved(rows, "a", "c", true))).toBe("bcad");
  expect(names(moved(rows, "a", "c", false))).toBe("bacd");
  expect(names(moved(rows, "d", "a", false))).toBe("dabc");
  expect(names(moved(rows, "b", "b", true))).toBe("abcd");
  expect(names(moved(rows, "b", "khong-co", true))).toBe("abcd");
  expect(names(moved(rows, "khong-co", "b", true))).toBe("abcd");
});

test("each row begins when the one before ends; past midnight the clock begins anew", () => {
  const timed = [5, 10, 20].map((minutes, at) => ({ id: String(at), minutes }));
  expect(starts("08:30", timed)).toEqual(["08:30", "08:35", "08:45"]);
  expect(starts("23:50", timed)).toEqual(["23:50", "23:55", "00:05"]);
  expect(starts("08:30", [])).toEqual([]);
});
