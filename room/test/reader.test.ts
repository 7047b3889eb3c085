import { describe, expect, it } from "vitest";
import { readable, vietnamese } from "../src/reader/words";

describe("what the voice says", () => {
  it.each([
    ["08:30–11:00, thứ Năm 03/12/2026", "8 giờ 30 đến 11 giờ, thứ Năm ngày 3 tháng 12 năm 2026"],
    ["Thứ Sáu 04/12/2026, 14:05", "Thứ Sáu ngày 4 tháng 12 năm 2026, 14 giờ 5"],
    ["▲ Hoãn", "Hoãn"],
    ["BT-2026-005 · Chủ tịch UBND tỉnh", "BT-2026-005, Chủ tịch Ủy ban nhân dân tỉnh"],
    ["khoản 3 Điều 22 NĐ 154/2026", "khoản 3 Điều 22 Nghị định 154/2026"],
    ["0299 3810 155", "0299 3810 155"],
    ["  \n ", ""],
  ])("%s", (text, said) => expect(readable(text)).toBe(said));
});

describe("the voice", () => {
  const voice = (lang: string, localService: boolean) => ({ lang, localService });

  it("is a Vietnamese one, of the machine itself when there is one", () => {
    const far = voice("vi-VN", false);
    const near = voice("vi_VN", true);
    expect(vietnamese([voice("en-US", true), far, near])).toBe(near);
    expect(vietnamese([far])).toBe(far);
  });

  it("is not a voice of another language", () => {
    expect(vietnamese([voice("en-US", true), voice("vie", true), voice("vro-EE", true)])).toBeUndefined();
    expect(vietnamese([])).toBeUndefined();
  });
});
