import { beforeEach, describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { itemsPerPage, linksOf, type TestProvider } from "@/lib/backfill/testing-api";

interface Row {
  number: number;
  created: string;
  updated: string;
}
const day = (number: number) => `2026-11-${String(number).padStart(2, "0")}T10:00:00Z`;
const row = (number: number): Row => ({ number, created: day(number), updated: day(number) });
let rows: Row[] = [];
let meanwhile: () => void;
/** How often a first page was asked for, and whether the list was changed behind it. */
let hasMoved = false;
beforeEach(() => {
  rows = [5, 4, 3, 2, 1].map(row);
  hasMoved = false;
});

/** A page of the list as it stands now; behind the first one it changes, once. */
function pageOf(order: { by: "created" | "updated"; isNewestFirst: boolean }, page: number) {
  const sorted = [...rows].sort((one, other) => one[order.by].localeCompare(other[order.by]));
  if (order.isNewestFirst) sorted.reverse();
  const shown = sorted.slice((page - 1) * itemsPerPage, page * itemsPerPage);
  const pages = Math.ceil(sorted.length / itemsPerPage);
  if (!hasMoved) meanwhile();
  hasMoved = true;
  return { shown, pages };
}

const github: TestProvider = {
  provider: "github",
  subject: "acme/shop",
  path: "/api/v3",
  serve(asked) {
    const { pathname, searchParams } = asked.url;
    if (pathname.endsWith("/shop")) return { json: { full_name: "acme/shop" } };
    if (pathname.endsWith("/actions/runs")) return { json: { workflow_runs: [] } };
    if (!pathname.endsWith("/pulls")) return { json: [] };
    const by = searchParams.get("sort") === "updated" ? "updated" : "created";
    const isNewestFirst = searchParams.get("direction") === "desc";
    const page = Number(searchParams.get("page") ?? 1);
    const { shown, pages } = pageOf({ by, isNewestFirst }, page);
    const json = shown.map(({ number, created, updated }) => ({
      number,
      state: "closed",
      merged_at: null,
      created_at: created,
      updated_at: updated,
    }));
    return { json, headers: linksOf(asked, page, pages) };
  },
};

const gitlab: TestProvider = {
  provider: "gitlab",
  subject: "acme/shop",
  path: "/api/v4",
  serve(asked) {
    const { pathname, searchParams } = asked.url;
    if (/projects\/[^/]+$/.test(pathname))
      return { json: { id: 42, path_with_namespace: "acme/shop", default_branch: "main" } };
    if (!/\/(merge_requests|pipelines|deployments)$/.test(pathname)) return { json: [] };
    if (hasMoved && searchParams.get("page") === null) hasMoved = false;
    const by = searchParams.get("order_by") === "updated_at" ? "updated" : "created";
    const isNewestFirst = searchParams.get("sort") === "desc";
    const page = Number(searchParams.get("page") ?? 1);
    const { shown, pages } = pageOf({ by, isNewestFirst }, page);
    const json = shown.map(({ number, created, updated }) => ({
      ...{ id: number, iid: number, state: "closed", status: "success", sha: "a".repeat(40) },
      ...{ created_at: created, updated_at: updated },
    }));
    return { json, headers: linksOf(asked, page, pages) };
  },
};

const bitbucket: TestProvider = {
  provider: "bitbucket",
  subject: "acme/shop",
  path: "/2.0",
  serve({ url: { pathname, searchParams, search }, api }) {
    if (pathname.endsWith("/shop"))
      return { json: { full_name: "acme/shop", mainbranch: { name: "main" } } };
    if (!pathname.endsWith("/pullrequests")) return { json: { values: [] } };
    const sort = searchParams.get("sort") ?? "";
    const page = Number(searchParams.get("page") ?? 1);
    const by = sort.endsWith("updated_on") ? "updated" : "created";
    const { shown, pages } = pageOf({ by, isNewestFirst: sort.startsWith("-") }, page);
    const query = new URLSearchParams(search);
    query.set("page", String(page + 1));
    const values = shown.map(({ number, created, updated }) => ({
      ...{ id: number, state: "DECLINED", created_on: created, updated_on: updated },
    }));
    return { json: { values, ...(page < pages && { next: `${api}${pathname}?${query}` }) } };
  },
};

describe.each([
  ["GitHub", github, ["pull_requests"]],
  ["GitLab", gitlab, ["merge_requests", "pipelines", "deployments"]],
  ["Bitbucket", bitbucket, ["pull_requests"]],
] as const)("a list of %s that changes while it is read", (_, provider, phases) => {
  const world = new BackfillWorld(provider);
  const listed = async () => {
    const deliveries = await world.deliveries();
    const ids = deliveries.map(({ event, body }) => {
      const told = Object.values(JSON.parse(body.toString())) as Record<string, unknown>[];
      const item = told.find((each) => each.created_at ?? each.created_on);
      return [event, item?.number ?? item?.iid ?? item?.id] as const;
    });
    return phases.map((phase) => {
      const event = `api.${phase.replace(/s$/, "")}`;
      return [...new Set(ids.flatMap(([of, id]) => (of === event ? [id] : [])))].sort();
    });
  };
  const each = (ids: number[]) => phases.map(() => ids);

  it("loses no row to another that is updated", async () => {
    meanwhile = () => {
      rows = rows.map((one) => (one.number === 1 ? { ...one, updated: day(20) } : one));
    };
    await world.start();
    expect((await world.complete()).state).toBe("done");
    expect(await listed()).toEqual(each([1, 2, 3, 4, 5]));
  });

  it("loses none to a whole page of new ones, which the next backfill finds", async () => {
    meanwhile = () => {
      if (rows.length === 5) rows = [row(7), row(6), ...rows];
    };
    await world.start();
    const { progress } = await world.complete();
    expect(Object.values(progress.tallies).map(({ problem }) => problem)).not.toContainEqual(
      expect.anything(),
    );
    const [first = []] = await listed();
    expect(first).toEqual([1, 2, 3, 4, 5]);
    await world.db.deleteFrom("backfills").execute();
    await world.start();
    await world.complete();
    expect(await listed()).toEqual(each([1, 2, 3, 4, 5, 6, 7]));
  });

  it("finds an old row that changed since, however far down it stands", async () => {
    meanwhile = () => undefined;
    rows = rows.map((one) => (one.number === 1 ? { ...one, updated: day(20) } : one));
    await world.start({ since: new Date(day(5)) });
    await world.complete();
    expect((await listed())[0]).toEqual([1, 5]);
  });
});

describe("a list that goes in a circle", () => {
  const world = new BackfillWorld({
    ...github,
    serve(asked) {
      const isList = asked.url.pathname.endsWith("/releases");
      if (!isList) return github.serve(asked);
      const page = Number(asked.url.searchParams.get("page") ?? 1);
      return { json: [{ id: 1 }], headers: linksOf(asked, page, page + 1) };
    },
  });

  it("is left out in words", async () => {
    meanwhile = () => undefined;
    await world.start();
    const { state, progress } = await world.complete();
    expect(state).toBe("done");
    expect(progress.tallies.releases?.problem).toContain("Its pages repeat themselves.");
  });
});
