import type { ReactNode } from "react";
import { SettingsNavigation } from "./settings-navigation";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-6xl gap-x-6 gap-y-3 md:grid-cols-[11rem_minmax(0,1fr)]">
      <SettingsNavigation />
      <div className="min-w-0 space-y-3">{children}</div>
    </div>
  );
}
