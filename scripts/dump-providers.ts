import { writeFileSync } from "node:fs";
import { providersPage } from "@/lib/sources/testing/providers-page";

const file = "docs/providers.md";
writeFileSync(file, providersPage());
console.log(`Wrote ${file}.`);
