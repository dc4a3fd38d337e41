/** A name that is part of an address. */
export const namePattern = /^[a-z0-9][a-z0-9._-]*$/i;
