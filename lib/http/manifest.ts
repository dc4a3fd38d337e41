import type { Route } from "@/lib/http/route";

// Each noun's routes stand in lib/http/routes/<noun>.ts; every address Pushline answers is listed here.
/** Erases the schemas' types: the manifest is for listing, `handle` takes the typed route. */
function listed(...routes: readonly unknown[]): Route[] {
  return routes as Route[];
}

export const manifest: Route[] = listed();
