import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { GraphStack } from "./graph-stack";
import { Sparkline } from "./sparkline";
import { StaticGraph } from "./static-graph";
import { TrendBars } from "./trend-bars";
import { TrendLine } from "./trend-line";
import type { Bucket, Graph, Marker } from "./types";

const from = Date.parse("2026-11-21T14:00:00Z");
const to = from + 1800_000;
const graph: Graph = {
  id: "errors",
  title: "5xx ratio",
  unit: "ratio",
  was: 0.002,
  series: [
    {
      name: "all",
      points: [
        [from, 0.01],
        [from + 60_000, 0.02],
        [to, 0.048],
      ],
    },
  ],
};
const marker = (index: number, more: Partial<Marker> = {}): Marker => ({
  kind: "deployment",
  id: `d${index}`,
  service: "checkout",
  at: new Date(from + index * 900).toISOString(),
  endAt: null,
  class: "deploy",
  label: `2.${index}`,
  failed: false,
  revision: null,
  ...more,
});
const count = (markup: string, part: string) => markup.split(part).length - 1;
const still = (more: Partial<Graph> = {}, markers: Marker[] = []) =>
  renderToStaticMarkup(
    <StaticGraph graph={{ ...graph, ...more }} {...{ from, to, markers }} timezone="UTC" />,
  );

test("two thousand markers are one path, and few symbols", () => {
  const markup = still(
    {},
    Array.from({ length: 2000 }, (_, index) => marker(index)),
  );
  expect(count(markup, 'stroke="var(--chart-deploy)"')).toBe(1);
  expect(count(markup, 'fill="var(--chart-deploy)"')).toBeLessThan(80);
});

test("a graph is as high while it loads, without data and after an error as with its line", () => {
  const height = 'class="chart-picture" style="height:160px"';
  const loading = still({ status: { state: "loading" }, series: [] });
  const empty = still({ series: [] });
  const failed = still({ status: { state: "error", message: "The engine did not answer" } });
  for (const markup of [still(), loading, empty, failed]) expect(markup).toContain(height);
  expect(loading).toContain("Loading");
  expect(empty).toContain("No data in this time range");
  expect(failed).toContain("The engine did not answer");
});

test("the header has the value now and what it was; of several series each its own", () => {
  expect(still()).toContain("4.8%<small>was 0.2%</small>");
  const two = still({ series: [...graph.series, { name: "old", points: [[from, 0.1]] }] });
  expect(two).toContain("<b>4.8%</b>");
  expect(two).toContain("<b>10%</b>");
  expect(still({ series: [] })).toContain("no data");
});

test("the server draws a whole stack: graphs, slider, legend, and lanes of links", () => {
  const markers = [
    marker(10),
    marker(900, { class: "rollback" }),
    marker(1500, { kind: "incident", class: null, label: "INC-311" }),
  ];
  const router = {
    push: vi.fn(),
    replace: vi.fn(),
    refresh: vi.fn(),
    back: vi.fn(),
    forward: vi.fn(),
    prefetch: vi.fn(),
    bfcacheId: "",
  };
  const markup = renderToStaticMarkup(
    <AppRouterContext value={router}>
      <GraphStack
        label="checkout"
        graphs={[graph]}
        service="checkout"
        timezone="UTC"
        hrefFor={({ kind, id }) => `/${kind}s/${id}`}
        {...{ from, to, markers }}
      />
    </AppRouterContext>,
  );
  expect(markup).toContain('href="/deployments/d10"');
  expect(markup).toContain('aria-label="Rollback 2.900, 14:13:30"');
  expect(markup).toContain('aria-label="Incident INC-311, open, 14:22:30"');
  expect(markup).toContain("5xx ratio, 14:00:00 to 14:30:00; now 4.8%");
  expect(count(markup, 'aria-pressed="true"')).toBe(3);
  expect(markup).not.toContain("recharts");
});

const bucket = (index: number, more: Partial<Bucket> = {}): Bucket => ({
  from: from + index * 86_400_000,
  to: from + (index + 1) * 86_400_000,
  value: 2,
  n: 2,
  partial: false,
  ...more,
});
const trend = { title: "Deployments", unit: "count", size: "day", timezone: "UTC" } as const;

test("a bucket without data has no bar and says so; zero stands on the ground", () => {
  const markup = renderToStaticMarkup(
    <TrendBars
      {...trend}
      buckets={[
        bucket(0),
        bucket(1, { value: null, n: 0 }),
        bucket(2, { value: 0, n: 0, partial: true }),
      ]}
    />,
  );
  expect(count(markup, "chart-bar-stack")).toBe(2);
  expect(count(markup, "data-empty")).toBe(1);
  expect(count(markup, "data-zero")).toBe(1);
  expect(markup).toContain("Deployments no data, n 0");
  expect(markup).toContain("Mon 23 Nov, partial: Deployments 0, n 0");
});

test("one column of a trend is reached by Tab, the newest", () => {
  const markup = renderToStaticMarkup(<TrendLine {...trend} buckets={[bucket(0), bucket(1)]} />);
  expect(count(markup, 'tabindex="0" aria-label="Sun 22 Nov')).toBe(1);
  expect(count(markup, 'tabindex="-1"')).toBe(1);
});

test("a trend line breaks at a bucket without data and shows the lone one after it", () => {
  const buckets = [bucket(0), bucket(1), bucket(2, { value: null, n: 0 }), bucket(3)];
  const markup = renderToStaticMarkup(<TrendLine {...trend} buckets={buckets} />);
  expect(markup).toMatch(/d="M0\.5 [\d.]+L1\.5 [\d.]+"/);
  expect(markup).toMatch(/d="M3\.5 [\d.]+h0"/);
});

test("a sparkline without values is a dotted line, not one at zero", () => {
  expect(renderToStaticMarkup(<Sparkline label="none" points={[[0, null]]} />)).toContain(
    "stroke-dasharray",
  );
  expect(
    renderToStaticMarkup(
      <Sparkline
        label="flat"
        points={[
          [0, 1],
          [1, 1],
        ]}
      />,
    ),
  ).toContain("M2 12L94 12");
});
