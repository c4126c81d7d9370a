import { Icon } from "./icons";

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  unit: string;
  lessLabel: string;
  moreLabel: string;
}

/** A figure with a step down and a step up; typing works too. */
export function Stepper({ label, value, min, max, step, onChange, unit, lessLabel, moreLabel }: Props) {
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  const side = "grid w-11 shrink-0 place-items-center text-soft hover:text-accent disabled:opacity-40";
  return (
    <div className="flex min-h-11 items-stretch rounded-lg border border-edge bg-sheet">
      <button
        type="button"
        className={`${side} rounded-l-lg`}
        aria-label={lessLabel}
        disabled={value <= min}
        onClick={() => set(value - step)}
      >
        <Icon name="minus" />
      </button>
      <span className="flex min-w-0 flex-1 items-center justify-center gap-1.5">
        <input
          aria-label={label}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          value={value}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            if (Number.isFinite(next)) set(Math.round(next));
          }}
          className="w-9 [appearance:textfield] bg-transparent text-right font-semibold tabular-nums [&::-webkit-inner-spin-button]:appearance-none [&::-webkit-outer-spin-button]:appearance-none"
        />
        <span className="text-sm text-soft">{unit}</span>
      </span>
      <button
        type="button"
        className={`${side} rounded-r-lg`}
        aria-label={moreLabel}
        disabled={value >= max}
        onClick={() => set(value + step)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
