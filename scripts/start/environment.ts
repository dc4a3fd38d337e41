// Imported first: Next and React read these when they load.
Object.assign(process.env, {
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  // Else Next would end the process on SIGTERM by itself.
  NEXT_MANUAL_SIG_HANDLE: "true",
});
