import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Like fetch, but free to say any Host, Origin and Sec-Fetch-Site, as only browsers else may. */
export function ask(address: string, { body, ...options }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sending = httpRequest(address, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sending.on("error", reject).end(body);
  });
}
