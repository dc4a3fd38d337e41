const words: Record<string, string> = {
  not_invited:
    "Your account there is fine, but nobody has invited it here. Ask an admin for a link.",
};

/** Why signing in with a provider came to nothing, and what to do about it. */
export function problemWords(code: string): string {
  return words[code] ?? "Signing in did not work. Please try again.";
}
