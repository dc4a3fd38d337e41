/**
 * In which the server hands on from where a request comes. It overwrites whatever
 * the client sent under this name, so that behind it the value can be believed.
 */
export const addressHeader = "x-pushline-address";
