const toleranceSeconds = 5 * 60;

/** Whether a signed timestamp, in epoch seconds, is within five minutes of the receipt: an older one was recorded. */
export function isRecent(timestamp: string, receivedAt: Date): boolean {
  const ageSeconds = receivedAt.getTime() / 1000 - Number(timestamp);
  return /^\d{1,12}$/.test(timestamp) && Math.abs(ageSeconds) <= toleranceSeconds;
}
