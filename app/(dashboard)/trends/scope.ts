/** What the figures on the page are about. */
export interface Scope {
  service: string | null;
  team: string | null;
  /** null: tier production. */
  environment: string | null;
  from: Date;
  to: Date;
}

/**
 * The list of exactly the deployments behind a number: the page's scope, a
 * stretch of time and what they were counted as.
 */
export function deploymentsBehind(
  scope: Scope,
  counted: Record<string, string>,
  stretch: { from: Date | number | string; to: Date | number | string } = scope,
): string {
  const search = new URLSearchParams({
    ...(scope.service && { service: scope.service }),
    ...(scope.team && { team: scope.team }),
    ...(scope.environment ? { environment: scope.environment } : { tier: "production" }),
    ...counted,
    from: new Date(stretch.from).toISOString(),
    to: new Date(stretch.to).toISOString(),
  });
  return `/deployments?${search}`;
}
