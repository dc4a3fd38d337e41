/** Known to the server under test and to those who load it; good for nothing else. */
export const adminToken = "faults-admin-token";

/** What a source may deliver a second here: above the steady load, and little enough to pass. */
export const loudRate = 150;

/** One for each load, so that the limits of one row are not used up by another. */
export const sources = ["steady", "loud", "bodies", "bomb"].map((name) => ({
  name,
  secret: `faults-secret-of-${name}`,
}));

export function secretOf(source: string): string {
  return sources.find(({ name }) => name === source)?.secret ?? "";
}
