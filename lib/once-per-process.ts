/**
 * What there is once in this process, made when it is first asked for. It lives on
 * globalThis: the server and Next load modules apart, and each would have its own.
 */
export function oncePerProcess<Held>(name: string, make: () => Held): Held {
  const key = Symbol.for(`pushline.${name}`);
  const holder = globalThis as { [key: symbol]: Held | undefined };
  const held = holder[key] ?? make();
  holder[key] = held;
  return held;
}
