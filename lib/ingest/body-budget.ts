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

  constructor(
    private readonly mebibytes: number,
    /** Whose, as the refusal says it. */
    private readonly which: string,
  ) {
    this.bytesAtMost = mebibytes * mebibyte;
  }

  has(bytes: number): boolean {
    return this.held + bytes <= this.bytesAtMost;
  }

  refusal(): Problem {
    return new Problem(
      "overloaded",
      `${this.which} under way hold ${this.mebibytes} MiB at most; that is full just now.`,
      { limit: this.bytesAtMost },
    );
  }
}

/**
 * How many bytes of bodies are in memory until their requests are answered: 256 MiB.
 * Large bodies leave 32 MiB of it to small ones, and those of strangers 64 MiB to
 * proved ones, so that nobody holds up all others by sending slowly.
 */
export class BodyBudget {
  private readonly all = new Room(256, "Bodies");
  private readonly large = new Room(224, "Bodies of more than 1 MiB");
  private readonly strange = new Room(192, "Bodies of senders that are not proved yet");
  private readonly largeAndStrange = new Room(
    160,
    "Bodies of more than 1 MiB of senders that are not proved yet",
  );
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
    /** The room that has none for so many bytes; then all stays as it was. */
    const hold = (bytes: number): Room | undefined => {
      const wanted = this.roomsFor(bytes, from);
      for (const room of rooms) room.held -= mine;
      const full = wanted.find((room) => !room.has(bytes));
      if (!full) [rooms, mine] = [wanted, bytes];
      for (const room of rooms) room.held += mine;
      return full;
    };
    return {
      take: (bytes) => {
        const full = hold(mine + bytes);
        if (full) throw full.refusal();
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
    const share =
      this.shares.get(key) ??
      new Room(64, "Bodies of one address whose senders are not proved yet");
    this.shares.set(key, share);
    return share;
  }
}
