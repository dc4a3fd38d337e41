/** A JSON answer that gives the browser a cookie, or has it forget one. */
export function withCookie(body: unknown, cookie: string, status = 200): Response {
  const headers = { "cache-control": "no-store", "set-cookie": cookie };
  return Response.json(body, { status, headers });
}
