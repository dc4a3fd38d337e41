import fc from "fast-check";

/** Laws are tried with the same examples each time, so that a run says something of the change alone; PUSHLINE_SEED takes others. */
fc.configureGlobal({ seed: Number(process.env.PUSHLINE_SEED ?? 20261122) });
