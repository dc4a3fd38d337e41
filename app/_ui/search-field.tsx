"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";

const pauseMilliseconds = 300;

/** Tells what was typed once the typing pauses. */
export function SearchField({
  label,
  placeholder,
  value,
  onSearch,
}: {
  label: string;
  placeholder: string;
  value: string | null;
  onSearch: (text: string | null) => void;
}) {
  const [text, setText] = useState(value ?? "");
  useEffect(() => setText(value ?? ""), [value]);
  useEffect(() => {
    if (text === (value ?? "")) return;
    const timer = setTimeout(() => onSearch(text.trim() || null), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <label className="inline-flex min-h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus">
      <Search aria-hidden="true" size={14} className="text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="w-48 bg-transparent outline-none placeholder:text-muted"
      />
    </label>
  );
}
