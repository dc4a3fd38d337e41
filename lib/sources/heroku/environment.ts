import { environmentInName } from "@/lib/sources/environment-in-name";

/** A review app is called after its pull request (`checkout-pr-17`) and is no production. */
export function environmentOfApp(app: string): string {
  return /-pr-\d+$/.test(app) ? "review" : environmentInName(app);
}
