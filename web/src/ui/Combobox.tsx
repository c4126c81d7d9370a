import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { Icon } from "./icons";

interface Props {
  label: string;
  hint: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
  /** Case-blind comparison in the text's own language. */
  fold: (text: string) => string;
  error?: string | undefined;
  showLabel: string;
  countLabel: (count: number) => string;
  lang: string;
  maxLength: number;
}

/** Free text with suggestions, after the ARIA pattern: an editable combobox with a list. */
export function Combobox(props: Props) {
  const { label, hint, value, options, onChange, fold, error, lang } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [typed, setTyped] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const shown = useMemo(() => {
    const wanted = fold(value);
    if (!typed || !wanted) return options;
    return options.filter((option) => fold(option).includes(wanted));
  }, [options, value, typed, fold]);
  const expanded = open && shown.length > 0;

  const show = () => {
    setTyped(false);
    setOpen(true);
    setActive(-1);
  };
  const choose = (option: string) => {
    onChange(option);
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!expanded) return show();
      const by = event.key === "ArrowDown" ? 1 : -1;
      setActive((current) => (current + by + shown.length + (current < 0 && by < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter" && expanded && active >= 0) {
      event.preventDefault();
      const option = shown[active];
      if (option !== undefined) choose(option);
    } else if (event.key === "Escape" && expanded) {
      event.preventDefault();
      setOpen(false);
    }
  };

  return (
    <div className="relative min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
        {label}
      </label>
      <div className="relative">
        <input
          ref={input}
          id={id}
          lang={lang}
          type="text"
          role="combobox"
          autoComplete="off"
          aria-autocomplete="list"
          aria-expanded={expanded}
          aria-controls={`${id}-list`}
          aria-activedescendant={expanded && active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          maxLength={props.maxLength}
          value={value}
          placeholder={hint}
          onChange={(event) => {
            onChange(event.target.value);
            setTyped(true);
            setOpen(true);
            setActive(-1);
          }}
          onClick={show}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
          className="min-h-11 w-full rounded-lg border border-edge bg-sheet py-2 pr-11 pl-3.5 placeholder:text-soft aria-invalid:border-coral"
        />
        <button
          type="button"
          tabIndex={-1}
          aria-label={props.showLabel}
          className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-r-lg text-soft hover:text-accent"
          onMouseDown={(event) => {
            event.preventDefault();
            input.current?.focus();
            if (open) setOpen(false);
            else show();
          }}
        >
          <Icon name="down" className="size-4.5" />
        </button>
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-coral">
          {error}
        </p>
      )}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!expanded}
        className="absolute z-20 mt-1 max-h-64 w-full overflow-y-auto rounded-lg border border-line bg-sheet p-1 shadow-sheet"
      >
        {shown.map((option, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys, after the ARIA pattern
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the input
          <div
            key={option}
            id={`${id}-${i}`}
            role="option"
            lang={lang}
            aria-selected={i === active}
            ref={(element) => {
              if (i === active) element?.scrollIntoView({ block: "nearest" });
            }}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
            className="min-h-9 cursor-pointer rounded-md px-2.5 py-1.5 hover:bg-accent-wash aria-selected:bg-accent-wash aria-selected:text-accent"
          >
            {option}
          </div>
        ))}
      </div>
      <span role="status" className="sr-only">
        {expanded ? props.countLabel(shown.length) : ""}
      </span>
    </div>
  );
}
