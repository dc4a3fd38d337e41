import { expect, test } from "vitest";
import { createCrosshair } from "./crosshair";

function manual() {
  const frames: (() => void)[] = [];
  const crosshair = createCrosshair((run) => frames.push(run));
  const seen: (number | null)[] = [];
  const stop = crosshair.listen((state) => seen.push(state.at));
  return { crosshair, frames, seen, stop };
}

test("many moves within a frame are written once, the last one", () => {
  const { crosshair, frames, seen } = manual();
  for (const at of [1, 2, 3]) crosshair.move({ at });
  expect(frames).toHaveLength(1);
  expect(seen).toEqual([]);
  frames[0]?.();
  expect(seen).toEqual([3]);
  crosshair.move({ at: 4 });
  expect(frames).toHaveLength(2);
});

test("hiding forgets the time and the selection", () => {
  const { crosshair } = manual();
  crosshair.move({ at: 1, selection: { from: 1, to: 2 }, by: "keyboard" });
  crosshair.hide();
  expect(crosshair.get()).toMatchObject({ at: null, selection: null });
});

test("a listener that stopped hears nothing more", () => {
  const { crosshair, frames, seen, stop } = manual();
  stop();
  crosshair.move({ at: 1 });
  frames[0]?.();
  expect(seen).toEqual([]);
});
