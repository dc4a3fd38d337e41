/**
 * In which the server hands on from where a request comes. It overwrites whatever
 * the client sent under this name, so that behind it the value can be believed.
 */
export const addressHeader = "x-pushline-address";

/** In which it hands on what address was asked for: a page's guard cannot learn it otherwise. */
export const targetHeader = "x-pushline-target";
