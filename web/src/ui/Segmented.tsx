import { useId } from "react";

interface Props<T extends string> {
  legend: string;
  value: T;
  options: readonly { value: T; label: string; lang?: string }[];
  onChange: (value: T) => void;
  hideLegend?: boolean;
}

/** A choice among a few, all in sight. A radio group underneath: arrows move, one stop for Tab. */
export function Segmented<T extends string>({ legend, value, options, onChange, hideLegend }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-sm font-semibold"}>{legend}</legend>
      <div className="flex rounded-lg bg-well p-1">
        {options.map((option) => (
          <label
            key={option.value}
            lang={option.lang}
            className="relative flex min-h-9 min-w-0 flex-1 items-center justify-center rounded-md px-2 text-center text-sm leading-tight text-soft transition-colors hover:text-ink has-checked:bg-sheet has-checked:font-semibold has-checked:text-accent has-checked:shadow-sheet has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
