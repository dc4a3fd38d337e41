import { Problem } from "@/lib/http/problem";
import { addressKey } from "@/lib/limits/address-key";

const mebibyte = 1024 * 1024;
/** Nearly every delivery is far below. */
const smallBytesAtMost = mebibyte;

/** One request's part; `release` it when the request is answered. */
export interface BodyHold {
  /** Before so many bytes more are kept. Throws `overloaded`, and takes nothing, where there is no room. */
  take(bytes: number): void;
  /** Its sender is a stranger no longer. */
  prove(): void;
  release(): void;
}

/** What some bodies may hold together. */
class Room {
  held = 0;
  private readonly bytesAtMost: number;

  constructor(mebibytes: number) {
    this.bytesAtMost = mebibytes * mebibyte;
  }

  has(bytes: number): boolean {
    return this.held + bytes <= this.bytesAtMost;
  }
}

/**
 * How many bytes of bodies are in memory until their requests are answered: 256 MiB.
 * Large bodies leave 32 MiB of it to small ones, and those of strangers 64 MiB to
 * proved ones, so that nobody holds up all others by sending slowly.
 */
export class BodyBudget {
  private readonly all = new Room(256);
  private readonly large = new Room(224);
  private readonly strange = new Room(192);
  private readonly largeAndStrange = new Room(160);
  private readonly shares = new Map<string, Room>();

  /** In bytes. */
  get held(): number {
    return this.all.held;
  }

  /** For a body whose sender was proved before it is read. */
  openForProved(): BodyHold {
    return this.open(null);
  }

  /** For a body without which its sender cannot be proved; those of an address have 64 MiB. */
  openForStranger(address: string): BodyHold {
    return this.open({ key: addressKey(address) });
  }

  private open(stranger: { key: string | null } | null): BodyHold {
    let from = stranger;
    let mine = 0;
    let rooms: Room[] = [];
    /** Whether there was room for so many bytes; where not, all stays as it was. */
    const hold = (bytes: number): boolean => {
      const wanted = this.roomsFor(bytes, from);
      for (const room of rooms) room.held -= mine;
      const fits = wanted.every((room) => room.has(bytes));
      if (fits) [rooms, mine] = [wanted, bytes];
      for (const room of rooms) room.held += mine;
      return fits;
    };
    return {
      take: (bytes) => {
        if (!hold(mine + bytes))
          throw new Problem("overloaded", "Too many large bodies arrive at once.");
      },
      prove: () => {
        from = null;
        hold(mine);
      },
      release: () => {
        hold(0);
        if (stranger?.key != null && this.shareOf(stranger.key).held === 0)
          this.shares.delete(stranger.key);
      },
    };
  }

  private roomsFor(bytes: number, stranger: { key: string | null } | null): Room[] {
    const isLarge = bytes > smallBytesAtMost;
    const rooms = isLarge ? [this.all, this.large] : [this.all];
    if (!stranger) return rooms;
    rooms.push(this.strange);
    if (isLarge) rooms.push(this.largeAndStrange);
    if (stranger.key !== null) rooms.push(this.shareOf(stranger.key));
    return rooms;
  }

  private shareOf(key: string): Room {
    const share = this.shares.get(key) ?? new Room(64);
    this.shares.set(key, share);
    return share;
  }
}
