import { hmacInHeader } from "@/lib/sources/hmac";

/** `X-Hub-Signature: sha256=<hex>`, as both Bitbuckets and Jira send it. */
export const hubSignature = hmacInHeader("x-hub-signature", "sha256=");
