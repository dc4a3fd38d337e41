import type { Indicator } from "@/lib/slo/indicators";

interface Judged {
  indicator: Indicator;
  seconds: number;
  thresholdSeconds: number;
  good: boolean;
  /** It is still under way. */
  open: boolean;
}

/** Why an event is good or not, as its row says it: "took 12 min 4 s, 2 min 4 s over 10 min". */
export function reasonFor(event: Judged): string {
  const { seconds, thresholdSeconds, good } = event;
  const limit = duration(thresholdSeconds);
  const over = seconds - thresholdSeconds;
  const verdict = good
    ? `under ${limit}`
    : `${over < 1 ? "not under" : `${duration(over)} over`} ${limit}`;
  return `${happened(event)}, ${verdict}`;
}

function happened({ indicator, seconds, open }: Judged): string {
  const time = duration(seconds);
  switch (indicator) {
    case "build_duration":
    case "deployment_duration":
    case "rollback_duration":
      return `took ${time}`;
    case "rollback_decision":
      return `the rollback began ${time} after the first sign`;
    case "commit_to_production":
      return `in production ${time} after its first commit`;
    case "recovery":
      return open ? `not restored after ${time}` : `restored after ${time}`;
    case "main_broken":
      return open ? `still red after ${time}` : `red for ${time}`;
  }
}

/** `45 s`, `12 min 4 s`, `3 h 10 min`, `2 d 4 h`: never more than two units. */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  const units = [
    { name: "d", seconds: 86_400 },
    { name: "h", seconds: 3_600 },
    { name: "min", seconds: 60 },
    { name: "s", seconds: 1 },
  ];
  const first = units.findIndex((unit) => whole >= unit.seconds);
  const parts = units.slice(first, first + 2);
  let left = whole;
  return parts
    .map(({ name, seconds: length }) => {
      const count = Math.floor(left / length);
      left %= length;
      return count > 0 ? `${count} ${name}` : "";
    })
    .filter(Boolean)
    .join(" ");
}
