import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { documented, edit } from "@/scripts/test/end-to-end/documented";
import { type Program, startProgram } from "@/scripts/test/end-to-end/program";

export interface PrometheusOptions {
  path: string;
  /** Its data and its configuration go here. */
  folder: string;
  /** Hosts and ports. */
  alertmanager: string;
  checkout: string;
  pushline: string;
  /** Lets it read Pushline's own metrics. */
  token: string;
}

/** Prometheus with the rule of lib/sources/alertmanager/README.md over a shorter window. */
export async function startPrometheus(options: PrometheusOptions): Promise<Program> {
  const { path, folder } = options;
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, configuration(options));
  writeFileSync(join(folder, "checkout.rules.yml"), rules());
  return startProgram(path, [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, "prometheus")}`,
  ]);
}

function configuration({ alertmanager, checkout, pushline, token }: PrometheusOptions): string {
  const at = (target: string) => [{ targets: [target] }];
  return stringify({
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: ["checkout.rules.yml"],
    alerting: { alertmanagers: [{ static_configs: at(alertmanager) }] },
    scrape_configs: [
      { job_name: "checkout", static_configs: at(checkout) },
      {
        job_name: "pushline",
        scrape_interval: "2s",
        authorization: { credentials: token },
        static_configs: at(pushline),
      },
    ],
  });
}

function rules(): string {
  const shown = documented("alertmanager", "checkout.rules.yml");
  const rule = ["groups", 0, "rules", 0];
  const expression = String(shown.getIn([...rule, "expr"]));
  edit(shown, [
    [[...rule, "expr"], expression.replaceAll("[5m]", "[10s]")],
    [[...rule, "for"], "0s"],
  ]);
  return String(shown);
}

const answer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** What one series shows now; null while there is none. */
export async function ask(prometheus: Program, expression: string): Promise<number | null> {
  const address = `${prometheus.url}/api/v1/query?query=${encodeURIComponent(expression)}`;
  const { data } = answer.parse(await (await fetch(address)).json());
  const [first] = data.result;
  return first ? Number(first.value[1]) : null;
}
