/** A deployment to try, as Pushline's own events have it. */
export const firstDeployment = {
  type: "deployment",
  id: "first",
  service: "checkout",
  environment: "production",
  revision: "0123456789abcdef0123456789abcdef01234567",
  version: "1.0.0",
  status: "succeeded",
};

/** A curl that sends it here with this token, in lines to paste into a shell. */
export function sendFirst(origin: string, token: string): string {
  return [
    `curl ${origin}/api/v1/events \\`,
    `  -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(firstDeployment)}'`,
  ].join("\n");
}
