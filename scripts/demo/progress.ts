/** A line that counts up: rewritten in place on a terminal, now and then a new one elsewhere. */
export function counter(
  label: string,
  total: number | null,
  output: NodeJS.WriteStream = process.stdout,
) {
  const startedAt = Date.now();
  let count = 0;
  let shownAt = startedAt;
  const line = () => {
    const seconds = Math.max(0.001, (Date.now() - startedAt) / 1000);
    const of = total === null ? "" : ` of ${total.toLocaleString("en")}`;
    return `${label}: ${count.toLocaleString("en")}${of}, ${Math.round(count / seconds).toLocaleString("en")}/s`;
  };
  return {
    add(amount = 1): void {
      count += amount;
      const now = Date.now();
      if (now - shownAt < (output.isTTY ? 100 : 5000)) return;
      shownAt = now;
      output.write(output.isTTY ? `\r\x1b[K${line()}` : `${line()}\n`);
    },
    end(): void {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      output.write(`${output.isTTY ? "\r\x1b[K" : ""}${line()}, ${seconds} s\n`);
    },
  };
}
