/**
 * In which the server hands on what address was asked for: a page's guard cannot
 * learn it otherwise. Overwritten like the address it comes from.
 */
export const targetHeader = "x-pushline-target";
