import { expect, test } from "vitest";
import { stagePlan } from "../src/halls";
import { type Viewer, wish } from "../src/subscriptions";
import { floor, hall, many, room } from "./cast";

const station: Viewer = { hall: null, hidden: false, listens: true };

function wished(state = room(), viewer: Viewer = station, page = 0) {
  const { pictures, sounds } = wish(state, stagePlan(state, viewer.hall, page), viewer);
  return { pictures: Object.fromEntries(pictures), sounds: [...sounds].sort() };
}

test("pictures of what is shown, the large one in full; sound of the centre alone while nobody has the floor", () => {
  expect(wished()).toEqual({ pictures: { p5: "high", p7: "medium", p8: "medium" }, sounds: ["p5"] });
});

test("with the floor given: sound of the centre and of the floor, nothing else", () => {
  expect(wished(room({ floor: floor("p7") }))).toEqual({
    pictures: { p7: "high", p5: "medium", p8: "medium" },
    sounds: ["p5", "p7"],
  });
});

test("a point neither sees nor hears itself", () => {
  const state = room({ floor: floor("p7") });
  expect(wished(state, { hall: "p7", hidden: false, listens: true })).toEqual({
    pictures: { p5: "high", p8: "medium" },
    sounds: ["p5"],
  });
  expect(wished(state, { hall: "p5", hidden: false, listens: true }).sounds).toEqual(["p7"]);
});

test("a hidden station takes no picture but still hears; a hidden hall keeps both", () => {
  expect(wished(room(), { ...station, hidden: true })).toEqual({ pictures: {}, sounds: ["p5"] });
  expect(wished(room(), { hall: "p7", hidden: true, listens: true }).pictures).toEqual({ p5: "high", p8: "medium" });
});

test("a console that is told to be silent takes no sound", () => {
  expect(wished(room({ floor: floor("p7") }), { ...station, listens: false }).sounds).toEqual([]);
});

test("of thirty halls nine pictures are taken, small ones at the lowest size", () => {
  const { pictures } = wished(many(30));
  expect(Object.keys(pictures)).toHaveLength(9);
  expect(Object.values(pictures).filter((quality) => quality === "low")).toHaveLength(8);
});

test("a removed hall is neither seen nor heard", () => {
  const state = room({ floor: floor("p7"), halls: [hall("p5", { central: true }), hall("p7", { removed: true })] });
  expect(wished(state)).toEqual({ pictures: { p5: "medium" }, sounds: ["p5"] });
});
