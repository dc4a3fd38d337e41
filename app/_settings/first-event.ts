import { firstDeployment } from "@/lib/sources/native/first-deployment";

/** A curl that sends it here with this token, in lines to paste into a shell. */
export function sendFirst(origin: string, token: string): string {
  return [
    `curl ${origin}/api/v1/events \\`,
    `  -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(firstDeployment)}'`,
  ].join("\n");
}
