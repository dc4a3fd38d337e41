// Plain JavaScript: it is loaded by Node itself. Here mappings run, in a process that holds
// no secret and can be ended, whose memory may run out without anybody else's.
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import jsonata from "jsonata";

/** Far above what any mapping of a webhook needs; counted, so that the same delivery always ends alike. */
const limits = { steps: 100_000, stack: 200, sequence: 10_000, events: 1_000, answer: 4_000_000 };
const memoryMegabytes = 128;
/** As the one who asks knows it. */
const memoryExitCode = 3;
const endless = new Set(["D1011", "D1012", "D2014", "D2015"]);
const stepHook = Symbol.for("jsonata.__evaluate_entry");
const compiledAtMost = 50;
const compiledByText = new Map();

if (isMainThread) watch();
else serve();

/** The work has a thread of its own, so that this one hears when the server is gone and ends both. */
function watch() {
  const worker = new Worker(new URL(import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 32 },
  });
  worker.on("message", (answer) => process.send(answer));
  worker.on("error", ({ code }) =>
    process.exit(code === "ERR_WORKER_OUT_OF_MEMORY" ? memoryExitCode : 1),
  );
  process.on("message", (request) => worker.postMessage(request));
  process.on("disconnect", () => process.exit());
}

function serve() {
  parentPort.on("message", async (request) => {
    try {
      const events = await eventsOf(request);
      const text = JSON.stringify(events);
      if (text.length > limits.answer) throw tooMuch("a mapping that gives less than 4 MB");
      parentPort.postMessage({ events: JSON.parse(text) });
    } catch (error) {
      parentPort.postMessage({ failure: failureOf(error) });
    }
  });
  parentPort.postMessage("ready");
}

async function eventsOf({ mapping, body, headers, receivedAt }) {
  const delivery = JSON.parse(body);
  const bindings = boundedBy({ delivery, headers, receivedAt });
  const events = [];
  for (const [index, rule] of compiledOf(mapping).entries()) {
    const place = `mapping[${index}]`;
    if (rule.when && !(await holds(rule.when, delivery, bindings, `${place}.when`))) continue;
    const items = rule.each
      ? listOf(await valueFrom(rule.each, delivery, bindings, `${place}.each`))
      : [delivery];
    for (const item of items) {
      if (events.length === limits.events)
        throw tooMuch(`at most ${limits.events} facts of one delivery`);
      const event = await valueFrom(rule.fact, item, bindings, `${place}.fact`);
      events.push({ rule: index, event: { ...event, type: rule.type } });
    }
  }
  return events;
}

/** Nothing that a rebuild could not repeat: the time is the delivery's, and there is no chance. */
function boundedBy({ delivery, headers, receivedAt }) {
  let steps = 0;
  return {
    delivery,
    headers,
    receivedAt,
    now: () => receivedAt,
    millis: () => Date.parse(receivedAt),
    random: undefined,
    shuffle: undefined,
    eval: undefined,
    count() {
      steps += 1;
      if (steps > limits.steps) throw tooMuch("an expression that comes to an end");
    },
  };
}

function compiledOf(mapping) {
  const known = compiledByText.get(mapping);
  if (known) return known;
  if (compiledByText.size >= compiledAtMost) compiledByText.clear();
  const compiled = JSON.parse(mapping).map(({ when, each, fact: { type, ...members } }) => ({
    when: when && compile(when),
    each: each && compile(each),
    type,
    fact: compile(members),
  }));
  compiledByText.set(mapping, compiled);
  return compiled;
}

function compile(value) {
  if (typeof value === "string")
    return { expression: jsonata(value, { stack: limits.stack, sequence: limits.sequence }) };
  if (Array.isArray(value)) return { items: value.map(compile) };
  if (typeof value === "object" && value !== null)
    return { members: Object.entries(value).map(([name, member]) => [name, compile(member)]) };
  return { literal: value };
}

async function valueFrom(compiled, item, bindings, place) {
  if (compiled.expression) return evaluate(compiled.expression, item, bindings, place);
  if (compiled.items) {
    const values = [];
    for (const [index, inner] of compiled.items.entries())
      values.push(await valueFrom(inner, item, bindings, `${place}[${index}]`));
    return values.filter((value) => value !== undefined);
  }
  if (compiled.members) {
    const entries = [];
    for (const [name, inner] of compiled.members)
      entries.push([name, await valueFrom(inner, item, bindings, `${place}.${name}`)]);
    return Object.fromEntries(entries);
  }
  return compiled.literal;
}

async function evaluate(expression, item, { count, ...bindings }, place) {
  expression.assign(stepHook, count);
  try {
    return plain(await expression.evaluate(item, bindings));
  } catch (error) {
    throw error?.place ? error : { ...failureOf(error), place };
  }
}

/** As JSON has it: a function is no value, and a sequence is a list. */
function plain(value) {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

const truth = jsonata("$boolean($value)");

async function holds(compiled, delivery, bindings, place) {
  const value = await valueFrom(compiled, delivery, bindings, place);
  return value === undefined ? false : truth.evaluate(null, { value });
}

function listOf(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function tooMuch(expected) {
  return { code: "mapping_endless", expected };
}

function failureOf(error) {
  if (error?.expected)
    return { code: error.code, place: error.place ?? null, expected: error.expected };
  const message = error?.message ?? String(error);
  if (endless.has(error?.code) || error instanceof RangeError)
    return {
      code: "mapping_endless",
      place: null,
      expected: `an expression that comes to an end, but: ${message}`,
    };
  return {
    code: "mapping_failed",
    place: null,
    expected: `an expression that gives a value, but: ${message}`,
  };
}
