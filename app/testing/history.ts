import { getAnswer, sendEvents, sendMetrics, settled } from "@/app/testing/send";
import { signals } from "@/app/testing/signals";
import { until } from "@/lib/http/testing/instance";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Forty digits that begin with a readable number. */
export const revision = (number: number) => String(number).padStart(7, "a").padEnd(40, "0");
const at = (milliseconds: number) => new Date(milliseconds).toISOString();

interface Ship {
  service: string;
  number: number;
  finish: number;
  environment?: string;
  more?: Record<string, unknown>;
}

/**
 * Two weeks of a small shop, ending now: twelve deployments of checkout that
 * went well, one that failed and was rolled back six days ago, and one of eight
 * minutes ago with an incident that is still open.
 */
export async function sendHistory(url: string, now = Date.now()): Promise<void> {
  const events: Record<string, unknown>[] = [];
  for (let index = 0; index < 12; index += 1) {
    const finish = now - 14 * day + index * 0.5 * day;
    events.push(...ship({ service: "checkout", number: 100 + index, finish }));
    events.push(
      ...ship({ service: "web", number: 300 + index, finish: finish + hour }),
      ...ship({
        service: "checkout",
        number: 100 + index,
        finish: finish - hour,
        environment: "staging",
      }),
    );
  }
  events.push(...ship({ service: "ledger", number: 500, finish: now - 3 * hour }));
  events.push(...failedAndRolledBack(now - 6 * day));
  events.push(...ship({ service: "checkout", number: 140, finish: now - 26 * hour }));
  events.push(...burning(now));
  await sendEvents(url, events);
  await sendMetrics(url, signals("checkout", now, now - 7 * minute));
  await settled(url);
  await until("the open incident has suspects", 60_000, async () => {
    const { items } = await getAnswer<{ items: { id: string }[] }>(
      url,
      "/api/v1/incidents?open=true",
    );
    if (items.length === 0) return false;
    const answer = await getAnswer<{ suspects: { kind: string }[] }>(
      url,
      `/api/v1/incidents/${items[0]?.id}/suspects`,
    ).catch(() => null);
    return answer !== null && answer.suspects.length > 1;
  });
}

/** A change on main and the deployment that ships it. */
export function ship({
  service,
  number,
  finish,
  environment,
  more,
}: Ship): Record<string, unknown>[] {
  const repository = `acme/${service}`;
  const stage = environment ?? "production";
  return [
    {
      type: "change",
      id: `${service}-${number}`,
      repository,
      branch: "main",
      revision: revision(number),
      parents: [revision(number - 1)],
      authoredAt: at(finish - 5 * hour),
      committedAt: at(finish - 4 * hour),
      author: "ana",
      message: `Change ${number} of ${service}`,
    },
    {
      type: "deployment",
      id: `${service}-${stage}-${number}`,
      service,
      environment: stage,
      repository,
      revision: revision(number),
      version: `1.${number}.0`,
      status: "succeeded",
      startedAt: at(finish - minute),
      finishedAt: at(finish),
      author: "ana",
      ...more,
    },
  ];
}

function failedAndRolledBack(finish: number): Record<string, unknown>[] {
  return [
    ...ship({ service: "checkout", number: 120, finish }),
    {
      type: "incident",
      id: "past",
      service: "checkout",
      environment: "production",
      title: "Checkout answered with errors",
      severity: "critical",
      openedAt: at(finish + 2 * minute),
      resolvedAt: at(finish + 12 * minute),
      cause: "checkout-production-120",
    },
    {
      type: "deployment",
      id: "checkout-production-back",
      service: "checkout",
      environment: "production",
      repository: "acme/checkout",
      revision: revision(111),
      version: "1.111.0",
      status: "succeeded",
      startedAt: at(finish + 8 * minute),
      finishedAt: at(finish + 10 * minute),
      author: "bo",
    },
  ];
}

function burning(now: number): Record<string, unknown>[] {
  return [
    ...ship({
      service: "checkout",
      number: 141,
      finish: now - 8 * minute,
      more: { strategy: "canary", steps: [{ percent: 25, at: at(now - 8.5 * minute) }] },
    }),
    {
      type: "release",
      id: "flag",
      service: "checkout",
      environment: "production",
      subject: "flag",
      flag: "new-tax",
      percent: 25,
      enabled: true,
      author: "ana",
      at: at(now - 40 * minute),
    },
    {
      type: "incident",
      id: "now",
      service: "checkout",
      environment: "production",
      title: "Checkout error ratio above 2 %",
      severity: "critical",
      openedAt: at(now - 6 * minute),
    },
    {
      type: "alert",
      id: "now-alert",
      incident: "now",
      service: "checkout",
      environment: "production",
      name: "HighErrorRatio",
      severity: "critical",
      startedAt: at(now - 6 * minute),
      labels: { region: "eu" },
    },
    {
      type: "deployment",
      id: "web-rolling",
      service: "web",
      environment: "production",
      repository: "acme/web",
      revision: revision(320),
      version: "1.320.0",
      status: "running",
      startedAt: at(now - 2 * minute),
      steps: [{ percent: 10, at: at(now - minute) }],
      author: "cy",
    },
  ];
}
