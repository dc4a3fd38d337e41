import type { ComponentProps } from "react";
import { roleSays } from "@/app/_people/role-words";
import { Select } from "@/app/_ui/select";
import { type Role, roles } from "@/lib/auth/actor";

/** One of the roles; each says what it adds to the one before. */
export function RoleSelect({
  label,
  value,
  onChoose,
  ...rest
}: Omit<ComponentProps<typeof Select>, "value" | "onChange"> & {
  /** Of whom or of what. */
  label: string;
  value: Role;
  onChoose: (role: Role) => void;
}) {
  return (
    <Select
      {...rest}
      aria-label={label}
      value={value}
      onChange={({ target }) => onChoose(target.value as Role)}
    >
      <RoleOptions />
    </Select>
  );
}

export function RoleOptions({ explained = false }: { explained?: boolean }) {
  return roles.map((role) => (
    <option key={role} value={role}>
      {explained ? `${role}: ${roleSays[role]}` : role}
    </option>
  ));
}
