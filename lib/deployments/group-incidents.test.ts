import { expect, test } from "vitest";
import { type DeclaredIncident, type GroupableAlert, groupIncidents } from "./group-incidents";
import { at } from "./testing";
import { alert, declared, member, severities } from "./testing-signals";

const group = (alerts: GroupableAlert[], incidents: DeclaredIncident[] = []) =>
  groupIncidents(alerts, incidents, severities);

test("alerts of one stream within 10 minutes are one, each within ten of the one before", () => {
  const incidents = group([
    alert("a", "10:00", "10:30"),
    alert("b", "10:10", "10:20"),
    alert("c", "10:20", "10:25"),
    alert("d", "10:31", "10:40"),
  ]);
  expect(incidents.map((one) => one.alerts)).toEqual([["id-a", "id-b", "id-c"], ["id-d"]]);
  expect(incidents[0]).toMatchObject({
    id: member("a"),
    members: [member("a"), member("b"), member("c")],
    title: "HighErrorRate on shop",
    openedAt: at("10:00"),
    firstSignAt: at("10:00"),
    resolvedAt: at("10:30"),
  });
});

test("alerts of other streams are other incidents", () => {
  const incidents = group([
    alert("a", "10:00", null),
    alert("b", "10:00", null, { environment: "staging" }),
    alert("c", "10:00", null, { service: "ledger" }),
  ]);
  expect(incidents).toHaveLength(3);
});

test("only configured severities open one; a lesser alert joins what is open", () => {
  const warning = { severity: "warning" };
  expect(group([alert("w", "10:00", null, warning)])).toEqual([]);
  const [incident] = group([
    alert("early", "9:55", null, warning),
    alert("a", "10:00", "10:05"),
    alert("late", "10:05", "10:50", warning),
    alert("later", "10:14", "10:20"),
  ]);
  expect(incident?.alerts).toEqual(["id-a", "id-late", "id-later"]);
  expect(incident?.severity).toBe("critical");
  expect(incident?.resolvedAt).toBe(at("10:50"));
  expect(group([alert("none", "10:00", null, { severity: null })])).toHaveLength(1);
});

test("open while any alert fires", () => {
  const [incident] = group([alert("a", "10:00", "10:05"), alert("b", "10:01", null)]);
  expect(incident?.resolvedAt).toBeNull();
});

test("an alert that ends before it is told is an incident that is over", () => {
  expect(group([alert("a", "10:00", "10:05")])[0]?.resolvedAt).toBe(at("10:05"));
});

test("an alert that names a declared incident of its source joins it", () => {
  const named = { declaredIncident: "i1" };
  const incidents = group(
    [
      alert("a", "10:00", "10:20", { ...named, severity: "warning" }),
      alert("x", "10:21", null, { ...named, source: "other", key: "other/x" }),
    ],
    [declared()],
  );
  expect(incidents).toHaveLength(2);
  expect(incidents.find((one) => one.id === "declared")).toMatchObject({
    title: "Checkout is down",
    severity: "warning",
    alerts: ["id-a"],
    members: ["declared", member("a")],
    openedAt: at("10:05"),
    firstSignAt: at("10:00"),
    acknowledgedAt: at("10:07"),
    resolvedAt: at("10:20"),
  });
});

test("a declared incident's own resolution rules where present", () => {
  const [incident] = group(
    [alert("a", "10:00", null, { declaredIncident: "i1" })],
    [declared({ resolvedAt: at("11:00"), cause: "d1" })],
  );
  expect(incident).toMatchObject({ resolvedAt: at("11:00"), declared: ["declared"] });
});

test("alerts without a service give an incident without one", () => {
  const [incident] = group([alert("a", "10:00", null, { service: null })]);
  expect(incident).toMatchObject({ service: null, title: "HighErrorRate" });
});
