/** The rules of lib/auth/passwords/password-rules.ts, for whoever chooses one. */
export const passwordHint =
  "12 to 200 characters, and not your name, your e-mail or a common password. Four words of your own do well.";
