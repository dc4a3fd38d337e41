"use client";

import { Menu } from "@base-ui/react/menu";
import { CircleUser, LogOut, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { wholeRole } from "@/app/_people/role-words";
import { postAnswer } from "@/app/_query/answer";
import { useViewer } from "@/app/_shell/viewer";
import { popupClass } from "@/app/_ui/popup";
import { announce } from "@/app/_ui/toasts";
import { useCarry } from "@/app/_window/page-link";
import type { Role } from "@/lib/auth/actor";

const itemClass =
  "flex cursor-default items-center gap-2 rounded px-2 py-1.5 data-highlighted:bg-sunken";

export function UserMenu() {
  const viewer = useViewer();
  const router = useRouter();
  const carry = useCarry();
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`You: ${viewer.name}`}
        className="rounded-md p-2 text-muted hover:bg-sunken hover:text-ink"
      >
        <CircleUser aria-hidden="true" size={15} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-40">
          <Menu.Popup className={popupClass("max-w-72 min-w-52 p-1")}>
            <Menu.Group>
              <Menu.GroupLabel className="mb-1 border-b border-grid px-2 pt-1 pb-2">
                <span className="block truncate font-semibold">{viewer.name}</span>
                {viewer.email && <span className="block truncate text-muted">{viewer.email}</span>}
                <span className="block text-muted">{roleLine(viewer.kind, viewer.role)}</span>
              </Menu.GroupLabel>
              <Menu.Item className={itemClass} onClick={() => router.push(carry("/settings"))}>
                <Settings aria-hidden="true" size={14} className="text-muted" />
                Settings
              </Menu.Item>
              {viewer.kind === "person" && (
                <Menu.Item className={itemClass} onClick={() => void signOut()}>
                  <LogOut aria-hidden="true" size={14} className="text-muted" />
                  Sign out
                </Menu.Item>
              )}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function roleLine(kind: "person" | "visitor", role: Role): string {
  return kind === "visitor" ? "this demo asks nobody to sign in" : `${role}: ${wholeRole(role)}`;
}

/** A fresh page afterwards: nothing that was read before stays in memory. */
async function signOut(): Promise<void> {
  try {
    await postAnswer("/api/v1/sign-out");
    window.location.assign("/sign-in");
  } catch (error) {
    announce(error instanceof Error ? error.message : String(error));
  }
}
