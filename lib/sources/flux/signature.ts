import { hmacInHeader } from "@/lib/sources/hmac";

/** As Flux's `generic-hmac` provider signs (fluxcd.io/flux/components/notification/providers). */
export const fluxSignature = hmacInHeader("x-signature", "sha256=");
