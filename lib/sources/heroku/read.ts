import { notRead, readingOf } from "@/lib/sources/event-reader";
import { readDeployHook } from "@/lib/sources/heroku/deploy-hook";
import { readRelease } from "@/lib/sources/heroku/release";
import { name, need, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

/** App webhooks, of which `api:release` is read, and the form of the old deploy hook. */
export function readHeroku({ source, headers, body, receivedAt }: DeliveryInput): Reading {
  if (isForm(headers)) return readingOf("deploy-hook", readDeployHook(source, body, receivedAt));
  const json = payloadOf(body);
  const resource = need(name(json.resource), json.resource, "resource", "a resource");
  const event = `${resource}.${name(json.action) ?? "unknown"}`;
  return readingOf(
    event,
    resource === "release" && json.action !== "destroy"
      ? readRelease(source, json, receivedAt)
      : { ignored: notRead },
  );
}

export function isForm(headers: Record<string, string>): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
}
