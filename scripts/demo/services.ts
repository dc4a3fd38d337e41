import type { Service } from "@/scripts/demo/world";

type Described = Pick<Service, "name" | "team" | "dependsOn"> & {
  /** Separated by commas. */
  topics: string;
  traffic: [
    requestsPerSecond: number,
    errorRatio: number,
    medianSeconds: number,
    instances: number,
  ];
  mergesPerDay: number;
  leadHours: number;
  failRate: number;
} & Partial<Omit<Service, "traffic" | "topics">>;

const onGitHub = (described: Described): Service =>
  describe(described, {
    reports: "github",
    versions: "sha",
    strategy: "rolling",
  });
const onPipeline = (described: Described): Service =>
  describe(described, {
    reports: "native",
    versions: "semver",
    strategy: "canary",
  });

/** In the order in which `--services N` takes them. */
export const services: Service[] = [
  onPipeline({
    name: "checkout",
    team: "payments",
    dependsOn: ["payments-gateway", "inventory", "orders"],
    mergesPerDay: 3.2,
    leadHours: 14,
    failRate: 0.055,
    traffic: [180, 0.0021, 0.085, 2],
    rolloutSeconds: [60, 150],
    topics:
      "card retry policy, tax rounding, voucher stacking, address form validation, wallet button, guest checkout, basket merge, delivery slot picker",
  }),
  onGitHub({
    name: "web",
    team: "storefront",
    dependsOn: ["bff"],
    repository: "tidemart/storefront",
    folder: "apps/web",
    mergesPerDay: 5,
    leadHours: 7,
    failRate: 0.05,
    buildSeconds: [260, 520],
    traffic: [420, 0.0012, 0.045, 2],
    rolloutSeconds: [45, 100],
    topics:
      "product gallery, cookie banner, size guide, mega menu, lazy images, footer links, wishlist heart, search box focus, checkout progress bar",
  }),
  onGitHub({
    name: "bff",
    team: "storefront",
    dependsOn: ["checkout", "catalog", "search", "identity", "recommendations"],
    repository: "tidemart/storefront",
    folder: "apps/bff",
    mergesPerDay: 2,
    leadHours: 9,
    failRate: 0.07,
    buildSeconds: [260, 520],
    traffic: [520, 0.0018, 0.06, 1],
    rolloutSeconds: [50, 110],
    topics:
      "product query batching, session refresh, response compression, basket resolver, persisted queries, rate limit headers",
  }),
  onPipeline({
    name: "search",
    team: "storefront",
    dependsOn: ["catalog"],
    mergesPerDay: 1.4,
    leadHours: 20,
    failRate: 0.08,
    traffic: [150, 0.0011, 0.12, 1],
    rolloutSeconds: [80, 190],
    topics:
      "shard-aware cache keys, synonym list, typo tolerance, facet counts, index warm-up, query timeout",
  }),
  onPipeline({
    name: "payments-gateway",
    team: "payments",
    dependsOn: ["ledger", "fraud"],
    mergesPerDay: 0.9,
    leadHours: 26,
    failRate: 0.07,
    cadence: { kind: "train", weekdays: [1, 2, 3, 4], localHour: 10.5 },
    traffic: [60, 0.003, 0.21, 1],
    rolloutSeconds: [70, 160],
    topics:
      "issuer timeout, 3-D Secure challenge, idempotency keys, refund webhooks, token vault client, settlement file",
  }),
  onPipeline({
    name: "ledger",
    team: "payments",
    dependsOn: [],
    mergesPerDay: 0.7,
    leadHours: 34,
    failRate: 0.06,
    cadence: { kind: "train", weekdays: [2, 4], localHour: 11 },
    traffic: [90, 0.0008, 0.025, 2],
    rolloutSeconds: [60, 140],
    topics:
      "double-entry check, balance snapshot, connection pool size, posting batches, currency table, archive job",
  }),
  onGitHub({
    name: "orders",
    team: "fulfilment",
    dependsOn: ["inventory", "ledger"],
    mergesPerDay: 1.6,
    leadHours: 16,
    failRate: 0.07,
    traffic: [75, 0.0015, 0.07, 1],
    topics:
      "order state machine, cancel window, outbox relay, line item splits, invoice numbers, gift notes",
  }),
  onGitHub({
    name: "inventory",
    team: "fulfilment",
    dependsOn: [],
    mergesPerDay: 1.1,
    leadHours: 18,
    failRate: 0.06,
    traffic: [140, 0.001, 0.03, 1],
    topics: "stock reservation, warehouse sync, low stock alerts, batch counts, reservation expiry",
  }),
  onGitHub({
    name: "catalog",
    team: "storefront",
    dependsOn: [],
    mergesPerDay: 1.3,
    leadHours: 15,
    failRate: 0.06,
    traffic: [260, 0.0007, 0.028, 1],
    topics:
      "price list import, category tree, image variants, brand pages, product feed, translation fallback",
  }),
  onPipeline({
    name: "recommendations",
    team: "platform",
    dependsOn: ["catalog"],
    mergesPerDay: 1.5,
    leadHours: 22,
    failRate: 0.1,
    traffic: [110, 0.002, 0.16, 1],
    rolloutSeconds: [90, 200],
    topics:
      "feature store reads, model loader, candidate pruning, cold start list, embedding cache, ranking weights",
  }),
  onGitHub({
    name: "identity",
    team: "platform",
    dependsOn: [],
    mergesPerDay: 0.8,
    leadHours: 28,
    failRate: 0.05,
    cadence: { kind: "train", weekdays: [1, 3], localHour: 11.5 },
    traffic: [130, 0.0009, 0.05, 1],
    topics:
      "session cookies, passkey enrolment, token rotation, login throttle, consent screen, password reset mail",
  }),
  onGitHub({
    name: "shipping",
    team: "fulfilment",
    dependsOn: ["orders"],
    mergesPerDay: 0.8,
    leadHours: 24,
    failRate: 0.06,
    cadence: { kind: "train", weekdays: [2, 4], localHour: 14 },
    traffic: [22, 0.0025, 0.18, 1],
    topics: "carrier labels, parcel splitting, tracking polls, customs forms, pickup points",
  }),
  onPipeline({
    name: "notifications",
    strategy: "rolling",
    team: "platform",
    dependsOn: ["orders", "identity"],
    mergesPerDay: 1,
    leadHours: 17,
    failRate: 0.06,
    traffic: [35, 0.0014, 0.09, 1],
    topics:
      "mail templates, push tokens, digest schedule, bounce handling, unsubscribe links, queue consumer",
  }),
  onGitHub({
    name: "fraud",
    team: "payments",
    dependsOn: ["identity"],
    mergesPerDay: 1.1,
    leadHours: 21,
    failRate: 0.08,
    traffic: [58, 0.0012, 0.095, 1],
    topics: "velocity rules, device fingerprint, score cache, review queue, rule hot reload",
  }),
];

function describe(
  { traffic: [requestsPerSecond, errorRatio, medianSeconds, instances], ...described }: Described,
  reporting: Pick<Service, "reports" | "versions" | "strategy">,
): Service {
  return {
    repository: `tidemart/${described.name}`,
    folder: null,
    cadence: { kind: "continuous" },
    buildSeconds: [150, 400],
    rolloutSeconds: [55, 170],
    ...reporting,
    ...described,
    topics: described.topics.split(", "),
    traffic: {
      requestsPerSecond,
      errorRatio,
      medianSeconds,
      instances,
      spread: 0.55,
      cpu: 0.34 + (requestsPerSecond % 7) / 35,
      memoryMegabytes: 380 + requestsPerSecond * 2,
    },
  };
}
