import { isLoopbackBase } from "@/lib/http/loopback";
import { Problem } from "@/lib/http/problem";
import { addressKey } from "@/lib/limits/address-key";
import { oncePerProcess } from "@/lib/once-per-process";

const wrongAtMost = 30;
const windowMilliseconds = 5 * 60_000;
const addressesAtMost = 10_000;
const pairsAtMost = 50_000;

interface Asker {
  address: string;
  /** At which people reach this instance. */
  baseUrl: string | null;
}

interface Presented {
  token: string | null;
  hash: Buffer;
}

/** What one address tried in vain since `since`. */
interface Tries {
  since: number;
  wrong: Set<string>;
}

/**
 * Who guesses at tokens. Different wrong tokens are counted, so that a sender whose
 * one token was revoked guesses nothing; and a token that an address has used well
 * goes on, so that whoever shares the address with a guesser is not silenced.
 */
export class TokenGuesses {
  private readonly tries = new Map<string, Tries>();
  private readonly good = new Set<string>();

  /**
   * Before a bearer token is answered: `token` is the id of the one it is, null for
   * none. Throws `too_many_requests`, whichever it is, after 30 wrong ones in 5 minutes.
   */
  judge({ address, baseUrl }: Asker, { token, hash }: Presented, now: Date): void {
    // Behind a proxy that nobody named everyone is this machine: one guesser would silence all.
    const key = addressKey(address) ?? (isLoopbackBase(baseUrl) ? "loopback" : null);
    if (key === null) return;
    const pair = token === null ? null : `${key} ${token}`;
    if (pair !== null && this.good.has(pair)) return;
    const tries = this.triesOf(key, now.getTime());
    if (tries && tries.wrong.size >= wrongAtMost) throw tooMany(tries, now);
    if (pair !== null) keep(this.good, pair);
    else this.note(key, tries, hash, now.getTime());
  }

  private triesOf(key: string, now: number): Tries | null {
    const tries = this.tries.get(key);
    if (!tries) return null;
    if (now - tries.since < windowMilliseconds) return tries;
    this.tries.delete(key);
    return null;
  }

  private note(key: string, tries: Tries | null, hash: Buffer, now: number): void {
    const { since, wrong } = tries ?? { since: now, wrong: new Set<string>() };
    wrong.add(hash.toString("base64", 0, 12));
    // Anew, so that the longest unheard of come first.
    this.tries.delete(key);
    if (this.tries.size >= addressesAtMost) deleteFirst(this.tries);
    this.tries.set(key, { since, wrong });
  }
}

function keep(pairs: Set<string>, pair: string): void {
  if (pairs.size >= pairsAtMost) deleteFirst(pairs);
  pairs.add(pair);
}

function deleteFirst<Key>(held: Map<Key, unknown> | Set<Key>): void {
  const [first] = held.keys();
  if (first !== undefined) held.delete(first);
}

function tooMany({ since }: Tries, now: Date): Problem {
  const left = Math.ceil((since + windowMilliseconds - now.getTime()) / 1_000);
  return new Problem(
    "too_many_requests",
    `This address sent ${wrongAtMost} tokens within 5 minutes that are not known here; no new one is tried before they have passed.`,
    { limit: wrongAtMost, retryAfterSeconds: Math.max(1, left) },
  );
}

export const tokenGuesses = oncePerProcess("token-guesses", () => new TokenGuesses());
