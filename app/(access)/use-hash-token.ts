"use client";

import { useEffect, useState } from "react";

/**
 * The secret behind # in the address, which a browser never sends along: it comes
 * into no log and no Referer. Undefined until the page has looked, null for none.
 */
export function useHashToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const read = () => setToken(window.location.hash.slice(1) || null);
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  return token;
}
