import { expect, test } from "vitest";
import { shortcutOf } from "../src/pages/room/shortcuts";
import { routeOf } from "../src/router";

test("addresses", () => {
  expect(routeOf("/")).toEqual({ page: "setup" });
  expect(routeOf("/past/")).toEqual({ page: "past" });
  expect(routeOf("/room/a%20b")).toEqual({ page: "room", id: "a b" });
  expect(routeOf("/prepare/x")).toEqual({ page: "prepare", id: "x" });
  expect(routeOf("/interview/x")).toEqual({ page: "end", id: "x" });
  expect(routeOf("/lab/lipsync")).toEqual({ page: "lab" });
  expect(routeOf("/lab").page).toBe("missing");
  for (const path of ["/room", "/prepare", "/interview/x/y", "/nope", "/past/x"])
    expect(routeOf(path).page).toBe("missing");
  expect(routeOf("/room/%E0%A4%A")).toEqual({ page: "room", id: "%E0%A4%A" });
});

test("shortcuts go by place on the keyboard and leave AltGr alone", () => {
  const key = (code: string, over = {}) => ({
    code,
    altKey: true,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    getModifierState: () => false,
    ...over,
  });
  expect(shortcutOf(key("KeyR"))).toBe("repeat");
  expect(shortcutOf(key("KeyQ"))).toBeNull();
  expect(shortcutOf(key("KeyR", { altKey: false }))).toBeNull();
  expect(shortcutOf(key("KeyR", { ctrlKey: true }))).toBeNull();
  expect(shortcutOf(key("KeyT", { getModifierState: () => true }))).toBeNull();
});
