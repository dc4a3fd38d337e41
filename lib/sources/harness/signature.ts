import { hmacInHeader } from "@/lib/sources/hmac";

/** As Harness Code signs. */
export const harnessSignature = hmacInHeader("x-harness-signature");
