"use client";

/** A few choices side by side, one of them pressed. */
export function Segments<Choice extends string>({
  name,
  choices,
  value,
  onChoose,
}: {
  name: string;
  choices: readonly Choice[];
  value: Choice;
  onChoose: (value: Choice) => void;
}) {
  return (
    <fieldset
      aria-label={name}
      className="inline-flex min-h-8 items-stretch overflow-hidden rounded-md border border-line bg-surface"
    >
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === value}
          onClick={() => onChoose(choice)}
          className="min-h-[30px] px-2.5 -outline-offset-2 text-muted capitalize hover:text-ink aria-pressed:bg-accent-surface aria-pressed:font-semibold aria-pressed:text-ink"
        >
          {choice}
        </button>
      ))}
    </fieldset>
  );
}
