#!/usr/bin/env node
// `npx pushline`: may be run from any folder, so nothing here goes by the current one.
import "tsx";

const { main } = await import("./report/main.ts");
process.exitCode = await main(process.argv.slice(2), process.env);
