import { describe, expect, test } from "vitest";
import { type DeclaredIncident, type GroupableAlert, groupIncidents } from "./group-incidents";
import { at } from "./testing";
import { alert, declared, member, paged, severities } from "./testing-signals";

const group = (alerts: GroupableAlert[], incidents: DeclaredIncident[] = []) =>
  groupIncidents(alerts, incidents, severities);
const membersOf = (incidents: { members: string[] }[]) => incidents.map(({ members }) => members);

describe("signals of one stream from different sources", () => {
  test("are one incident within ten minutes, which goes by what was declared", () => {
    const incidents = group(
      [alert("a", "10:00", "10:30"), alert("b", "10:09", "10:20", { severity: "warning" })],
      [paged("1", "10:02", { severity: "high", resolvedAt: at("10:40"), url: "https://pd/1" })],
    );
    expect(incidents).toEqual([
      {
        id: "pd-1",
        title: "Checkout is down",
        service: "shop",
        environment: "production",
        severity: "critical",
        openedAt: at("10:00"),
        acknowledgedAt: null,
        resolvedAt: at("10:40"),
        firstSignAt: at("10:00"),
        url: "https://pd/1",
        declared: ["pd-1"],
        members: ["pd-1", member("a"), member("b")],
        sources: [
          { source: "pd", key: "pd/1" },
          { source: "am", key: "am/a" },
          { source: "am", key: "am/b" },
        ],
        alerts: ["id-a", "id-b"],
        apart: [],
      },
    ]);
  });

  test("are open while one of what was declared is, acknowledged as soon as one is", () => {
    const [incident] = group(
      [alert("a", "10:00", "10:05")],
      [
        paged("1", "10:01", { resolvedAt: at("10:20"), acknowledgedAt: at("10:09") }),
        declared({ source: "io", key: "io/9", id: "io", openedAt: at("10:03") }),
      ],
    );
    expect(incident).toMatchObject({
      id: "pd-1",
      declared: ["pd-1", "io"],
      resolvedAt: null,
      acknowledgedAt: at("10:07"),
    });
  });

  test("are several beyond ten minutes, in other streams, and where no service is known", () => {
    expect(group([alert("a", "10:00", null)], [paged("1", "10:11")])).toHaveLength(2);
    expect(
      group([alert("a", "10:00", null)], [paged("1", "10:00", { service: "x" })]),
    ).toHaveLength(2);
    const nowhere = { service: null };
    expect(
      group([alert("a", "10:00", null, nowhere)], [paged("1", "10:00", nowhere)]),
    ).toHaveLength(2);
    const anywhere = { environment: null };
    expect(
      group([alert("a", "10:00", null, anywhere)], [paged("1", "10:00", anywhere)]),
    ).toHaveLength(2);
  });

  test("of one that declares incidents are as many as it declared", () => {
    const incidents = group(
      [alert("a", "10:01", null), alert("p", "10:04", null, { source: "pd", key: "pd/p" })],
      [paged("1", "10:00"), paged("2", "10:02")],
    );
    // The group of both alerts holds one that its sender could have named an incident for.
    expect(membersOf(incidents)).toEqual([["pd-1"], [member("a"), member("p", "pd")], ["pd-2"]]);
    expect(
      membersOf(group([alert("a", "10:01", null)], [paged("1", "10:00"), paged("2", "10:02")])),
    ).toEqual([["pd-1", member("a")], ["pd-2"]]);
  });

  test("a lesser alert joins what was declared before it, and opens nothing", () => {
    const warning = { severity: "warning" };
    expect(
      membersOf(
        group(
          [alert("early", "9:58", null, warning), alert("w", "10:05", null, warning)],
          [paged("1", "10:00")],
        ),
      ),
    ).toEqual([["pd-1", member("w")]]);
  });
});

describe("what a person holds apart", () => {
  const alerts = [alert("a", "10:00", null), alert("b", "10:08", null), alert("c", "10:16", null)];
  const parted = (apart: string[], given = alerts, incidents: DeclaredIncident[] = []) =>
    groupIncidents(given, incidents, severities, new Set(apart));

  test("stands alone; the others stay together, and remember it", () => {
    const incidents = parted([member("b")]);
    expect(incidents.map(({ members, apart }) => ({ members, apart }))).toEqual([
      { members: [member("a"), member("c")], apart: [member("b")] },
      { members: [member("b")], apart: [] },
    ]);
  });

  test("takes the alerts that name it along, and leaves room for another of its sender", () => {
    const named = { source: "pd", key: "pd/p", declaredIncident: "1", severity: "info" };
    const [first, ...others] = parted(
      ["pd-1"],
      [alert("a", "10:01", null), alert("p", "10:00", null, named)],
      [paged("1", "10:00"), paged("2", "10:02")],
    );
    expect(first?.members).toEqual(["pd-1", member("p", "pd")]);
    expect(others).toMatchObject([{ members: ["pd-2", member("a")], apart: ["pd-1"] }]);
  });

  test("may be an alert that names it: then the alert has an incident if its severity opens one", () => {
    const named = { source: "pd", key: "pd/p", declaredIncident: "1" };
    const p = member("p", "pd");
    const incidents = [paged("1", "10:00")];
    expect(parted([p], [alert("p", "10:01", null, named)], incidents)).toMatchObject([
      { members: ["pd-1"], apart: [p] },
      { members: [p], apart: [] },
    ]);
    const lesser = alert("p", "10:01", null, { ...named, severity: "info" });
    expect(parted([p], [lesser], incidents)).toMatchObject([{ members: ["pd-1"], apart: [p] }]);
  });

  test("leaves no incident where it alone opened one", () => {
    const given = [alert("a", "10:00", null), alert("w", "10:01", null, { severity: "info" })];
    expect(membersOf(parted([member("a")], given))).toEqual([[member("a")]]);
  });
});
