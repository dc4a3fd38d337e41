import { cookies } from "next/headers";
import type { Theme } from "@/app/_shell/theme-switch";

/** The colours chosen in this browser, so that the first paint has them. */
export async function keptTheme(): Promise<Theme> {
  const value = (await cookies()).get("pushline_theme")?.value;
  return value === "light" || value === "dark" ? value : "system";
}
