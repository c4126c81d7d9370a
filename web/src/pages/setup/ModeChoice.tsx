import type { Mode } from "../../api";
import { useText } from "../../i18n";

const MODES: Mode[] = ["practice", "exam"];

export function ModeChoice({ value, onChange }: { value: Mode; onChange: (mode: Mode) => void }) {
  const { setup } = useText();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-semibold">{setup.mode}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {MODES.map((mode) => (
          <label
            key={mode}
            className="relative flex gap-3 rounded-lg border border-edge/60 bg-sheet px-3.5 py-3 transition-colors hover:border-accent has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="mode"
              checked={value === mode}
              onChange={() => onChange(mode)}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
            />
            <span>
              <span className="block font-semibold">{setup.modes[mode]}</span>
              <span className="block text-sm text-soft">{setup.modeHints[mode]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
