import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { documented, edit } from "@/scripts/test/end-to-end/documented";
import { type Program, startProgram } from "@/scripts/test/end-to-end/program";

export interface AlertmanagerOptions {
  path: string;
  /** Its data and its configuration go here. */
  folder: string;
  pushline: string;
  token: string;
  /** Who was told before Pushline came. */
  pager: string;
}

/** Alertmanager as lib/sources/alertmanager/README.md has it, in more of a hurry. */
export async function startAlertmanager(options: AlertmanagerOptions): Promise<Program> {
  const { path, folder, pushline, token, pager } = options;
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, configuration({ pushline, token, pager }));
  return startProgram(path, [
    `--config.file=${file}`,
    `--storage.path=${join(folder, "alertmanager")}`,
    "--cluster.listen-address=",
  ]);
}

function configuration(given: Pick<AlertmanagerOptions, "pushline" | "token" | "pager">): string {
  const shown = documented("alertmanager", "alertmanager.yml");
  const route = ["route", "routes", 0];
  const webhook = ["receivers", 1, "webhook_configs", 0];
  const address = String(shown.getIn([...webhook, "url"]));
  edit(shown, [
    [[...route, "group_interval"], "1s"],
    [[...route, "repeat_interval"], "1s"],
    [[...webhook, "url"], address.replace("http://127.0.0.1:3000", given.pushline)],
    [[...webhook, "http_config", "authorization", "credentials"], given.token],
  ]);
  shown.setIn(["route", "group_wait"], "0s");
  shown.setIn(["route", "group_interval"], "1s");
  shown.setIn(["receivers", 0, "webhook_configs"], [{ url: given.pager }]);
  return String(shown);
}

export interface Pager {
  url: string;
  /** The status of each group it was told of. */
  told: string[];
  close(): Promise<void>;
}

/** Whom Alertmanager tells besides Pushline. */
export async function startPager(): Promise<Pager> {
  const told: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    told.push(String(JSON.parse(Buffer.concat(chunks).toString()).status));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    told,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
