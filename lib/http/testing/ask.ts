import { type IncomingHttpHeaders, request } from "node:http";

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  /** Its length is told beforehand unless the headers have it come in chunks. */
  body?: Buffer | string;
  /** False for a connection of its own. */
  agent?: false;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Like fetch, but free to say any Host, Origin and Sec-Fetch-Site, as only browsers else may. */
export function ask(address: string, { body, ...options }: Question = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sending = request(address, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
      response.on("error", reject);
    });
    sending.on("error", reject).end(body);
  });
}
