import { expect, test } from "vitest";
import { loopbackHost } from "./loopback-host";

test.each([
  ["http://127.0.0.1:3000/api/webhooks/x", "127.0.0.1"],
  ["http://127.1.2.3/x", "127.1.2.3"],
  ["http://localhost:3000/x", "localhost"],
  ["http://pushline.localhost/x", "pushline.localhost"],
  ["http://[::1]:3000/x", "[::1]"],
  ["https://pushline.example/x", null],
  ["https://127.example.com/x", null],
  ["http://10.0.0.7/x", null],
  ["nothing", null],
])("%s: %s", (address, host) => {
  expect(loopbackHost(address)).toBe(host);
});
