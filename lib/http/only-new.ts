/**
 * Whether a PUT may only make what is not there yet: `If-None-Match: *`, as RFC 9110
 * has it. What is there then answers `name_taken`, where a form can say it.
 */
export function onlyNew(headers: Headers | undefined): { onlyNew: boolean } {
  return { onlyNew: headers?.get("if-none-match")?.trim() === "*" };
}
