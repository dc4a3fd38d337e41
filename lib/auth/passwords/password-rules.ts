import { Problem } from "@/lib/http/problem";

const shortest = 12;
const longest = 200;

/** What the commonest passwords are, once digits and signs are taken off. */
const commonWords =
  `abc abcdef abcdefgh access admin administrator asdf asdfgh asdfghjkl azerty baseball batman
  changeit changeme charlie computer default demo dragon facebook flower football freedom google
  hello hottie hunter iloveyou jordan killer letmein linkedin login loveme lovely master michael
  monkey mustang ninja passphrase passw passwd passwort password pokemon princess pushline qaz
  qazwsx qazwsxedc qwer qwert qwerty qwertyuiop qwertyuiopasdfghjkl qwertz root samsung secret
  service shadow starwars summer sunshine superman system temporary test testing trustno user
  welcome whatever winter zaq zxcvbn zxcvbnm`.split(/\s+/);

const runs = ["0123456789".repeat(3), "abcdefghijklmnopqrstuvwxyz"];
const fewCharacters = 5;

/**
 * Throws `invalid_field` for a password that would soon be guessed: under 12 or over
 * 200 characters, its holder's own name or e-mail address, one of the commonest.
 */
export function refuseWeakPassword(
  password: string,
  { name, email, field = "password" }: { name: string; email: string | null; field?: string },
): void {
  const refuse = (message: string, expected: string) => {
    throw new Problem("invalid_field", message, { field, expected });
  };
  const length = [...password].length;
  if (length < shortest || length > longest)
    refuse(
      `A password has ${shortest} to ${longest} characters.`,
      `${shortest} to ${longest} characters`,
    );
  const own = [name, email ?? "", email?.split("@")[0] ?? ""].map(lettersOf);
  if (isMadeOf(password, own))
    refuse("Your name or e-mail is guessed first.", "more than your name or e-mail");
  if (isMadeOf(password, commonWords) || isPattern(password.toLowerCase()))
    refuse("This is among the passwords that are guessed first.", "a less common password");
}

/** One of the words, once or repeated, and beside it nothing but digits and signs. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  const letters = lettersOf(password);
  return words.some(
    (word) => word.length > 2 && letters !== "" && letters.replaceAll(word, "") === "",
  );
}

function lettersOf(text: string): string {
  const plain = text.toLowerCase().replaceAll("@", "a").replaceAll("$", "s");
  return plain.replace(/(?<=\p{L})0(?=\p{L})/gu, "o").replace(/\P{L}/gu, "");
}

function isPattern(password: string): boolean {
  const reversed = [...password].reverse().join("");
  return (
    new Set(password).size < fewCharacters ||
    runs.some((run) => run.includes(password) || run.includes(reversed))
  );
}
