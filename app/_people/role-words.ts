import { type Role, roles } from "@/lib/auth/actor";

/** What a role may do on top of the one before it. */
export const roleSays: Record<Role, string> = {
  viewer: "sees everything",
  editor: "judges incidents, corrects, replays",
  admin: "and sets things up",
};

/** All that a role may do: `sees everything, judges incidents, …`. */
export function wholeRole(role: Role): string {
  return roles
    .slice(0, roles.indexOf(role) + 1)
    .map((each) => roleSays[each])
    .join(", ");
}
