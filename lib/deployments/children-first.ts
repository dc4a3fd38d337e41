/**
 * Commits of one side of a walk, each after all of its children there, breadth
 * first from `start`: an order that depends on the history alone. Where they go in
 * a ring, which only wrong pushes tell, `isWhole` is false and those of the ring
 * are left out.
 */
export function childrenFirst(
  start: number,
  nodes: readonly number[],
  parentsOf: (node: number) => readonly number[],
): { ordered: number[]; isWhole: boolean } {
  const children = new Map(nodes.map((node) => [node, 0]));
  for (const node of nodes)
    for (const parent of parentsOf(node)) {
      const before = children.get(parent);
      if (before !== undefined) children.set(parent, before + 1);
    }
  const ordered = children.get(start) === 0 ? [start] : [];
  for (let place = 0; place < ordered.length; place++)
    for (const parent of parentsOf(ordered[place] ?? start)) {
      const left = (children.get(parent) ?? 0) - 1;
      if (left < 0) continue;
      children.set(parent, left);
      if (left === 0) ordered.push(parent);
    }
  return { ordered, isWhole: ordered.length === nodes.length };
}
