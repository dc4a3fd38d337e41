import { createServer } from "node:net";
import { SettingsError } from "@/scripts/start/settings";

/** Throws what to do if the port cannot be had; asked before the slow steps, not after them. */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error) => reject(portProblem(error, host, port)));
    probe.listen({ host, port }, () => probe.close(() => resolve()));
  });
}

/** The failure to listen, in words that help. */
export function portProblem(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new SettingsError(
      `Port ${port} on ${host} is taken by another program (or another Pushline). Stop that one, or choose another port: PORT=${port + 1} npm start`,
    );
  if (code === "EACCES")
    return new SettingsError(
      `Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm start`,
    );
  if (code === "EADDRNOTAVAIL")
    return new SettingsError(
      `This machine has no address ${host}. Leave HOST unset for 127.0.0.1.`,
    );
  return error;
}
