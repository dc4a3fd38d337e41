import { Problem } from "@/lib/http/problem";
import { UnreadableDelivery } from "@/lib/sources/reader";

/** At the door, where the sender reads the answer, what no reader could open is refused: Problem `not_decodable`. */
export function decodable<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof UnreadableDelivery)) throw error;
    throw new Problem("not_decodable", `The body is not readable: expected ${error.expected}.`, {
      expected: error.expected,
    });
  }
}
