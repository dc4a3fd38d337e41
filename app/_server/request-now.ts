import { cache } from "react";

/** One moment for the whole of a request, so that every part of the page asks about the same window. */
export const requestNow = cache(() => Date.now());
