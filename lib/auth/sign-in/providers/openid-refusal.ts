import * as openid from "openid-client";
import { refusalOf, SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";

/** Every way in which openid-client says no, as a SignInRefusal; none of its texts goes further. */
export async function refusing<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof SignInRefusal) return cause;
  if (error instanceof openid.AuthorizationResponseError) return refusalOf(error.error);
  if (error instanceof openid.ResponseBodyError)
    return error.status >= 500 ? new SignInRefusal("provider_unavailable") : refusalOf(error.error);
  if (error instanceof openid.WWWAuthenticateChallengeError) return refusalOf("invalid_client");
  return error instanceof openid.ClientError ? ofClientError(error) : error;
}

function ofClientError({ code, cause }: openid.ClientError): SignInRefusal {
  if (code === "OAUTH_TIMEOUT") return new SignInRefusal("provider_unavailable");
  if (code === "OAUTH_RESPONSE_IS_NOT_CONFORM" && cause instanceof Response)
    return new SignInRefusal(cause.status >= 500 ? "provider_unavailable" : "provider_refused");
  return new SignInRefusal("answer_not_trusted");
}
