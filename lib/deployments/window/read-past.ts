import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import { orderAttempts } from "@/lib/deployments/order";
import type { Asked, Past, ShippedBefore } from "@/lib/deployments/past";
import {
  type BeforeSeam,
  layersBelow,
  readEarlier,
  running,
  type StoredEarlier,
  standingAt,
} from "@/lib/deployments/window/read-earlier";
import {
  beginningLike,
  ofPullRequests,
  readShipped,
  titled,
  withPicks,
} from "@/lib/deployments/window/read-shipped";

const layersAtFirst = 8;

/** The time before a seam as far as a derivation has asked for it. */
export class PastReader {
  readonly #earlier = new Map<string, StoredEarlier>();
  readonly #shipped = new Map<string, ShippedBefore>();
  readonly #answered = new Set<string>();
  #layers: string[] = [];
  #layersAtOnce = layersAtFirst;

  private constructor(
    private readonly db: Kysely<Database>,
    private readonly before: BeforeSeam,
  ) {}

  /** Begins with what ran at the seam, its layer, and the failures that still await an answer. */
  static async at(db: Kysely<Database>, before: BeforeSeam): Promise<PastReader> {
    const reader = new PastReader(db, before);
    await reader.#look(standingAt(before));
    const top = reader.#inOrder().at(-1)?.layer;
    if (top != null) reader.#layers = [top];
    return reader;
  }

  get past(): Omit<Past, "confirmed" | "incidentsFrom"> {
    const deployments = this.#inOrder();
    const places = new Map(deployments.map(({ attempt }, place) => [attempt.id, place]));
    const key = ({ deployment, role, revision }: ShippedBefore) =>
      [places.get(deployment) ?? -1, role === "left" ? 0 : 1, revision] as const;
    const shipped = [...this.#shipped.values()].map((one) => ({ one, key: key(one) }));
    shipped.sort((a, b) => compare(a.key, b.key));
    return { deployments, layers: this.#layers, shipped: shipped.map(({ one }) => one) };
  }

  /** Failures before the seam that a late answer may be meant for, by public id. */
  get awaiting(): string[] {
    return [...this.#earlier.values()].flatMap(({ awaiting, attempt }) =>
      awaiting ? attempt.id : [],
    );
  }

  /** Looks up what was asked and is not known yet; false where nothing more came of it. */
  async lookUp(asked: Asked): Promise<boolean> {
    const found = [
      await this.#lookUpCodes(asked),
      await this.#lookUpLayers(asked),
      await this.#lookUpShipped("original", asked.originals, (all) => withPicks(this.db, all)),
      await this.#lookUpShipped("revision", asked.revisions, (all) => beginningLike(this.db, all)),
    ];
    if (found.includes(true)) return true;
    // A revert is looked for by its pull request only when no commit is found, and then by title.
    return (
      (await this.#lookUpShipped("pull request", asked.pullRequests, (all) =>
        ofPullRequests(this.db, all),
      )) ||
      (await this.#lookUpShipped("title", asked.titles, (all) => titled(this.db, this.before, all)))
    );
  }

  #inOrder(): StoredEarlier[] {
    const all = [...this.#earlier.values()];
    return orderAttempts(
      all.map(({ attempt }) => attempt),
      [],
    ).flatMap(({ attempt }) => this.#earlier.get(attempt.id) ?? []);
  }

  async #lookUpCodes({ codes }: Asked): Promise<boolean> {
    const asked = new Map(
      codes.map((code) => {
        const { repository, revision, artifact, version } = code;
        return [JSON.stringify(["code", repository, revision, artifact, version]), code];
      }),
    );
    const fresh = this.#unanswered(asked);
    return fresh.length > 0 && this.#look(running(fresh, this.before));
  }

  async #lookUpLayers({ layersBelow: areAsked }: Asked): Promise<boolean> {
    const [lowest] = this.#layers;
    if (!areAsked || lowest === undefined) return false;
    await this.#look(layersBelow(lowest, this.#layersAtOnce));
    const before = this.#layers.length;
    for (let atMost = this.#layersAtOnce; atMost > 0; atMost -= 1) {
      const below = this.#earlier.get(this.#layers[0] ?? "")?.layerBelow;
      if (below == null || !this.#earlier.has(below)) break;
      this.#layers = [below, ...this.#layers];
    }
    this.#layersAtOnce *= 4;
    return this.#layers.length > before;
  }

  async #lookUpShipped<Question>(
    kind: string,
    asked: ReadonlyMap<string, Question>,
    revisionsOf: (
      questions: Question[],
    ) => Promise<readonly { repository: string; revision: string }[]>,
  ): Promise<boolean> {
    const named = new Map([...asked].map(([name, question]) => [`${kind} ${name}`, question]));
    const fresh = this.#unanswered(named);
    if (fresh.length === 0) return false;
    const shipped = await readShipped(this.db, this.before, await revisionsOf(fresh));
    const before = this.#shipped.size;
    for (const one of shipped)
      this.#shipped.set(`${one.deployment} ${one.repository}@${one.revision}`, one);
    const unknown = shipped.filter(({ deployment }) => !this.#earlier.has(deployment));
    if (unknown.length > 0)
      await this.#look(
        sql`select unnest(${[...new Set(unknown.map(({ deployment }) => deployment))]}::text[])`,
      );
    return this.#shipped.size > before;
  }

  #unanswered<Question>(asked: ReadonlyMap<string, Question>): Question[] {
    const fresh = [...asked].filter(([name]) => !this.#answered.has(name));
    for (const [name] of fresh) this.#answered.add(name);
    return fresh.map(([, question]) => question);
  }

  async #look(ids: RawBuilder<unknown>): Promise<boolean> {
    const before = this.#earlier.size;
    for (const one of await readEarlier(this.db, this.before, ids))
      this.#earlier.set(one.attempt.id, one);
    return this.#earlier.size > before;
  }
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? one;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
