import { manifest } from "@/lib/http/manifest";
import { openApiDocument } from "@/lib/http/openapi";
import type { Exchange } from "@/lib/http/server/exchange";
import type { House } from "@/lib/http/server/house";
import { sendText } from "@/lib/http/server/send";

let document: string | null = null;

export async function answerOpenApi(_house: House, { response }: Exchange): Promise<void> {
  document ??= JSON.stringify(openApiDocument(manifest));
  sendText(response, 200, "application/json; charset=utf-8", document);
}
