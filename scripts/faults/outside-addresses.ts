import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { callOutside } from "@/lib/outbound/call";
import { OutboundProblem } from "@/lib/outbound/problem";
import type { Fault } from "@/scripts/faults/fault";

/** One address where clouds hand out credentials, in every form that URL and resolvers know. */
const forms = [
  "http://169.254.169.254/",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://0251.0376.0251.0376/",
  "http://169.254.43518/",
  "http://169.16689662/",
  "http://[::ffff:169.254.169.254]/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[64:ff9b::a9fe:a9fe]/",
  "http://[2002:a9fe:a9fe::]/",
  "http://[fe80::1]/",
  "http://[fd00:ec2::254]/",
  "http://0.0.0.0/",
  "http://[::]/",
  "http://metadata.google.internal/",
  "http://169。254。169。254/",
];

export const outsideAddresses: Fault = {
  row: 27,
  load: `${forms.length} forms of metadata addresses, a name that resolves anew, a redirect to them`,
  async run() {
    const reached: string[] = [];
    for (const form of forms) if ((await refusal(form)) !== "address_refused") reached.push(form);
    const server = createServer((_request, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const redirected = await refusal(`http://127.0.0.1:${port}/`);
    let asked = 0;
    // First an address that may be called, then the one that must not.
    const rebinding = await refusal(`http://rebinding.example:${port}/`, async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "169.254.169.254", family: 4 }];
    });
    server.close();
    return {
      figure: `${forms.length - reached.length} of ${forms.length} refused${reached.length > 0 ? ` (not ${reached.join(" ")})` : ""}; redirect ${redirected}; the name was asked ${asked} time, then ${rebinding}`,
      pass:
        reached.length === 0 &&
        redirected === "redirected" &&
        asked === 1 &&
        rebinding === "redirected",
    };
  },
};

async function refusal(
  address: string,
  resolver?: () => Promise<{ address: string; family: number }[]>,
): Promise<string> {
  try {
    const call = { url: new URL(address), milliseconds: 3_000, ...(resolver && { resolver }) };
    await callOutside(call, async () => undefined);
    return "answered";
  } catch (error) {
    return error instanceof OutboundProblem ? error.code : String(error);
  }
}
