import { type ReactNode, useId } from "react";
import { Icon } from "./icons";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

/** The system's own list in our clothes. */
export function Select({ label, value, onChange, children }: Props) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="min-h-11 w-full appearance-none truncate rounded-lg border border-edge bg-sheet py-2 pr-10 pl-3.5"
        >
          {children}
        </select>
        <Icon
          name="down"
          className="pointer-events-none absolute top-1/2 right-3 size-4.5 -translate-y-1/2 text-soft"
        />
      </div>
    </div>
  );
}
