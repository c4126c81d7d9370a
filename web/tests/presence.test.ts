import { expect, test } from "vitest";
import { type Circumstances, gesture, type Living, live, living } from "../src/avatar/presence";
import { judge, weigh } from "../src/avatar/quality";

const FRAME = 1 / 60;

function watch(around: Circumstances, seconds: number, see: (self: Living) => void, seed = 3) {
  const self = living(seed);
  for (let at = 0; at < seconds; at += FRAME) {
    live(self, around, FRAME);
    see(self);
  }
  return self;
}
const around = (more: Partial<Circumstances> = {}): Circumstances => ({
  bearing: "listening",
  attending: false,
  stressed: false,
  ...more,
});

test("blinks come at human intervals: 8 to 30 a minute, never together, always to the end", () => {
  for (const bearing of ["listening", "speaking", "thinking", "resting"] as const) {
    let blinks = 0;
    let shut = false;
    let deepest = 0;
    watch(around({ bearing }), 300, ({ blink }) => {
      if (blink > 0.5 && !shut) blinks += 1;
      shut = blink > 0.5;
      deepest = Math.max(deepest, blink);
    });
    expect(blinks / 5).toBeGreaterThan(8);
    expect(blinks / 5).toBeLessThan(30);
    expect(deepest).toBeGreaterThan(0.97);
  }
});

test("a listener mostly looks at the candidate, a thinker mostly does not", () => {
  const looking = (bearing: Circumstances["bearing"]) => {
    let met = 0;
    let all = 0;
    watch(around({ bearing }), 240, ({ gazeX, gazeY }) => {
      met += gazeX === 0 && gazeY === 0 ? 1 : 0;
      all += 1;
    });
    return met / all;
  };
  expect(looking("listening")).toBeGreaterThan(0.85);
  expect(looking("speaking")).toBeGreaterThan(0.6);
  expect(looking("thinking")).toBeLessThan(0.45);
});

test("nods while the candidate tells, not while nothing is said", () => {
  const nods = (attending: boolean) => {
    let count = 0;
    let before = -1;
    watch(around({ attending }), 120, ({ nodAge }) => {
      if (nodAge >= 0 && before < 0) count += 1;
      before = nodAge;
    });
    return count;
  };
  expect(nods(true)).toBeGreaterThan(8);
  expect(nods(false)).toBe(0);
});

test("stress moves head and brows, and they come back", () => {
  const self = living();
  const calm = living();
  for (let i = 0; i < 12; i++) {
    live(self, around({ bearing: "speaking", stressed: i === 0 }), FRAME);
    live(calm, around({ bearing: "speaking" }), FRAME);
  }
  expect(self.brows).toBeGreaterThan(calm.brows + 0.05);
  for (let i = 0; i < 120; i++) live(self, around({ bearing: "speaking" }), FRAME);
  expect(self.brows).toBeLessThan(0.02);
});

test.each(["greeting", "goodbye"] as const)("%s: a nod and a smile, once", (which) => {
  const self = living();
  gesture(self, which);
  let lowest = 0;
  for (let i = 0; i < 60; i++) {
    live(self, around({ bearing: "speaking" }), FRAME);
    lowest = Math.max(lowest, self.headX);
  }
  expect(lowest).toBeGreaterThan(0.06);
  expect(self.smile).toBeGreaterThan(0.2);
  for (let i = 0; i < 600; i++) live(self, around({ bearing: "speaking" }), FRAME);
  expect(self.smile).toBeLessThan(0.01);
});

test("movement stays human whatever the frame rate", () => {
  for (const seconds of [1 / 120, 1 / 15, 0.25]) {
    const self = living(11);
    let head = 0;
    let eyes = 0;
    for (let at = 0; at < 120; at += seconds) {
      live(self, around({ bearing: at % 20 < 8 ? "thinking" : "speaking", stressed: true }), seconds);
      head = Math.max(head, Math.abs(self.headX), Math.abs(self.headY), Math.abs(self.headZ));
      eyes = Math.max(eyes, Math.abs(self.eyeX), Math.abs(self.eyeY));
    }
    expect(head).toBeLessThan(0.3);
    expect(eyes).toBeLessThan(0.5);
  }
});

const run = (state: ReturnType<typeof judge>, frameMs: number, seconds: number) => {
  for (let ms = 0; ms < seconds * 1000; ms += frameMs) weigh(state, frameMs);
  return state.quality;
};

test("quality falls when frames are slow, rises when there is time to spare, and does not swing", () => {
  const state = judge("medium");
  expect(run(state, 16, 10)).toBe("medium");
  expect(run(state, 16, 10)).toBe("high");
  expect(run(state, 60, 4)).toBe("medium");
  expect(run(state, 60, 4)).toBe("low");
  expect(run(state, 60, 30)).toBe("low");
  expect(run(state, 12, 60)).toBe("low");
});

test("hopeless drawing gives way to the portrait, a hidden tab does not", () => {
  const state = judge("low");
  for (let i = 0; i < 40; i++) weigh(state, 5000);
  expect(state.quality).toBe("low");
  expect(run(state, 400, 12)).toBe(null);
});
