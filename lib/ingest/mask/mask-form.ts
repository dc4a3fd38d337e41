import { hiddenMark } from "@/lib/ingest/hidden-mark";
import { isSecretName } from "@/lib/ingest/mask/secret-names";

/** `a=1&b=2`; what hides nothing stays as it was written. */
export function maskForm(text: string, maskValue: (text: string) => string): string {
  return text
    .split("&")
    .map((field) => {
      const sign = field.indexOf("=");
      if (sign === -1) return maskValue(field);
      const written = field.slice(sign + 1);
      const name = decode(field.slice(0, sign));
      if (written !== "" && isSecretName(name)) return `${field.slice(0, sign)}=${hiddenMark}`;
      const value = decode(written);
      const masked = maskValue(value);
      return masked === value ? field : `${field.slice(0, sign)}=${encode(masked)}`;
    })
    .join("&");
}

export function isForm(text: string): boolean {
  return /^[^=&\s{}"<>]{1,200}=[^\s"<>{}]*$/.test(text) && !/^[^=]*:\/\//.test(text);
}

/** The mark itself stays readable. */
function encode(text: string): string {
  return text.split(hiddenMark).map(encodeURIComponent).join(hiddenMark);
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
