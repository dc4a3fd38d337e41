import { secretKeyOf } from "@/lib/config/credentials";
import { sourceProblems } from "@/lib/config/cross-checks";
import type { AuthMode } from "@/lib/config/schema";
import { Problem } from "@/lib/http/problem";
import { configurableProviders } from "@/lib/sources/registry";

/** A source as settings are told it. */
export interface WrittenSource {
  name: string;
  provider: string;
  auth: AuthMode;
  username: string | null;
  header: string | null;
  secret: string;
}

/** Throws `invalid_field` for whatever pushline.yaml would refuse of such a source. */
export function checkSource(source: WrittenSource): void {
  const { username, header, secret, ...written } = source;
  const secretKey = secretKeyOf(source.auth);
  const problems = sourceProblems(
    {
      ...written,
      [secretKey]: secret,
      ...(username !== null && { username }),
      ...(header !== null && { header }),
    },
    configurableProviders,
  );
  const errors = problems.map(({ path, message }) => {
    const field = String(path[0]);
    return { field: field === secretKey ? "secret" : field, expected: message };
  });
  if (errors.length === 0) return;
  const [first] = errors;
  throw new Problem("invalid_field", `${first?.field}: ${first?.expected}.`, { ...first, errors });
}
