import { expect, it } from "vitest";
import { permalink } from "@/app/_window/permalink";
import { readWindow } from "@/app/_window/window";

const view = {
  window: { from: new Date("2026-08-03T00:00:00Z"), to: new Date("2026-11-01T00:00:00Z") },
  timezone: "Asia/Tokyo",
  weekStart: "sunday",
} as const;

it("names all that the view was made of, whatever the clock and the reader's own choices are", () => {
  const link = permalink(
    { pathname: "/trends", search: "from=-90d&team=payments&bucket=day&definition=devlake" },
    view,
  );
  const search = new URL(link, "http://localhost").searchParams;
  expect(Object.fromEntries(search)).toEqual({
    from: "2026-08-03T00:00:00.000Z",
    to: "2026-11-01T00:00:00.000Z",
    timezone: "Asia/Tokyo",
    weekStart: "sunday",
    team: "payments",
    bucket: "day",
    definition: "devlake",
  });
  expect(readWindow(search.get("from"), search.get("to"), "-28d", Date.now())).toMatchObject({
    ...view.window,
    relative: null,
  });
});

it("names the moment at which rolling figures end, and no window that other pages had", () => {
  const link = permalink(
    { pathname: "/slos", search: "from=-90d&team=payments" },
    { at: "2026-11-01T00:00:00.000Z", timezone: "UTC", weekStart: "monday" },
  );
  const search = new URL(link, "http://localhost").searchParams;
  expect(Object.fromEntries(search)).toEqual({
    at: "2026-11-01T00:00:00.000Z",
    timezone: "UTC",
    weekStart: "monday",
    team: "payments",
  });
});

it("leaves out what belongs to who copied it: the wall's kiosk and the way back", () => {
  const link = permalink({ pathname: "/deployments", search: "kiosk=1&back=team%3Da" }, view);
  expect(link).not.toMatch(/kiosk|back/);
});
