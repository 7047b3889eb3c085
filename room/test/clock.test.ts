import { afterEach, expect, test } from "vitest";
import { clockText, dayText, learnServerTime, lengthText, officeNow, sinceText } from "../src/clock";

afterEach(() => learnServerTime(new Date().toUTCString()));

test("office time is that of Asia/Ho_Chi_Minh in 24 hours", () => {
  expect(clockText(Date.parse("2026-12-17T01:30:05Z"))).toBe("08:30:05");
  expect(clockText(Date.parse("2026-12-16T17:00:00Z"))).toBe("00:00:00");
  expect(dayText("2026-12-17T01:30:00Z")).toBe("thứ Năm 17/12/2026, 08:30");
});

test("lengths", () => {
  expect([-5, 0, 65_000, 3_661_000].map(lengthText)).toEqual(["00:00", "00:00", "01:05", "1:01:01"]);
  expect(sinceText("2026-12-17T01:30:00.000Z", Date.parse("2026-12-17T01:32:10.900Z"))).toBe("02:10");
  expect([sinceText(null), sinceText(undefined), sinceText("?")]).toEqual(["", "", ""]);
});

test("a wrong clock of the machine is corrected by the server's, a small difference is not", () => {
  const now = Date.now();
  learnServerTime(new Date(now + 3_600_000).toUTCString(), now);
  expect(officeNow() - Date.now()).toBeGreaterThan(3_590_000);
  learnServerTime(new Date(now + 1000).toUTCString(), now);
  expect(Math.abs(officeNow() - Date.now())).toBeLessThan(50);
  learnServerTime(null);
  expect(Math.abs(officeNow() - Date.now())).toBeLessThan(50);
});
