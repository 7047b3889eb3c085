import { expect, test } from "vitest";
import { wayOf } from "../src/office/rows";

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test("only Alt with an arrow moves a row; with other keys beside it the browser keeps its own meaning", () => {
  expect(wayOf({ ...none, altKey: true, key: "ArrowUp" })).toBe("up");
  expect(wayOf({ ...none, altKey: true, key: "ArrowDown" })).toBe("down");
  expect(wayOf({ ...none, key: "ArrowUp" })).toBe("");
  expect(wayOf({ ...none, altKey: true, key: "ArrowLeft" })).toBe("");
  for (const other of ["ctrlKey", "metaKey", "shiftKey"]) {
    expect(wayOf({ ...none, altKey: true, [other]: true, key: "ArrowUp" })).toBe("");
  }
});
