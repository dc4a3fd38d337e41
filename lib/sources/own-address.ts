/**
 * The stored header that keeps what stood in the path of another tool's own address,
 * where its body does not say it, so that a rebuild reads what the door read.
 */
export const pathHeader = "pushline-path";
