import type { Change } from "./change-set";
import type { Classified } from "./kinds";
import { orderAttempts } from "./order";
import type { EarlierDeployment } from "./past";

/** How a deployment before the window stands in the line: as it was told, bringing nothing new. */
export function standing(earlier: EarlierDeployment, place: number): Classified {
  const [ordered] = orderAttempts([earlier.attempt], []);
  return {
    attempt: earlier.attempt,
    at: ordered?.at ?? 0,
    beganAt: ordered?.beganAt ?? 0,
    completed: true,
    ...nothingNew,
    place,
    previous: null,
    derivedKind: "deploy",
    kind: earlier.kind,
    grounds: { because: "new" },
    layer: place,
    layerBelow: null,
    earlier,
  };
}

/** What a deployment brings of which nothing is told. */
export const nothingNew = {
  changeSet: null,
  newlyShipped: new Set<Change>(),
  undoes: [],
  reverts: [],
  left: [],
} satisfies Partial<Classified>;
