/** Stands where a secret stood, in what the inbox shows; pages point it out. */
export const hiddenMark = "[hidden]";
