import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Fact } from "../../api";
import { useLanguage } from "../../i18n";
import { Button } from "../../ui/Button";
import { ACTION, Source } from "./Source";
import { isOwn, strikeKey } from "./state";
import type { Desk } from "./usePreparation";
import { fieldText, named, periodText } from "./words";

const SHOWN = 3;

interface Props {
  fact: Fact;
  desk: Desk;
  frozen: boolean;
  /** The language in which the document is written. */
  lang: string | undefined;
  children?: ReactNode;
}

/** One thing that was read: what it says, and on request its source, a correction, a striking out. */
export function Entry({ fact, desk, frozen, lang }: Props) {
  const { language, text } = useLanguage();
  const words = text.prepare;
  const [editing, setEditing] = useState(false);
  const correct = useRef<HTMLButtonElement>(null);
  const done = () => {
    setEditing(false);
    requestAnimationFrame(() => correct.current?.focus());
  };
  const period = periodText(fact.period ?? "", language, words);
  const struck = fact.struck ? "line-through decoration-coral decoration-2 text-soft" : "";

  if (editing) return <Edit fact={fact} desk={desk} onDone={done} />;
  return (
    <div data-fact={fact.key}>
      <p className="wrap-anywhere">
        <span lang={lang} className={struck}>
          <span className="font-semibold">{fact.text}</span>
          {fact.detail && <span> · {fact.detail}</span>}
        </span>
        {period && <span className="text-soft"> · {period}</span>}
        {fact.struck && <Tag>{words.struck}</Tag>}
        {isOwn(fact) && <Tag>{words.own}</Tag>}
      </p>
      {!fact.struck && <Points points={fact.points ?? []} lang={lang} />}
      <div className="flex flex-wrap gap-x-4">
        {fact.place && !isOwn(fact) && <Source places={[fact.place]} of={named(fact)} />}
        {!frozen && fact.key && (
          <>
            {!fact.struck && (
              <button ref={correct} type="button" className={ACTION} onClick={() => setEditing(true)}>
                {words.correct}
                <span className="sr-only">: {named(fact)}</span>
              </button>
            )}
            {isOwn(fact) && (
              <button type="button" className={ACTION} onClick={() => desk.restore(fact)}>
                {words.restore}
              </button>
            )}
            <Strike itemKey={fact.key} name={named(fact)} struck={fact.struck ?? false} desk={desk} />
          </>
        )}
      </div>
    </div>
  );
}

interface StrikeProps {
  itemKey: string;
  name: string;
  struck: boolean;
  desk: Desk;
}

/** "Do not ask", and back. Stays where it is, so that the focus does too. */
export function Strike({ itemKey, name, struck, desk }: StrikeProps) {
  const words = useLanguage().text.prepare;
  if (!strikeKey(itemKey)) return null;
  return (
    <button type="button" className={ACTION} onClick={() => desk.strike(itemKey, name, !struck)}>
      {struck ? words.unstrike : words.strike}
      <span className="sr-only">: {name}</span>
    </button>
  );
}

export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="ml-2 inline-block rounded-md bg-well px-1.5 text-sm whitespace-nowrap text-soft">
      {children}
    </span>
  );
}

function Points({ points, lang }: { points: readonly string[]; lang: string | undefined }) {
  const words = useLanguage().text.prepare;
  if (points.length === 0) return null;
  const list = (some: readonly string[]) => (
    <ul lang={lang} className="grid gap-0.5 text-sm text-soft">
      {some.map((point) => (
        <li
          key={point}
          className="relative pl-4 wrap-anywhere before:absolute before:left-0 before:content-['–']"
        >
          {point}
        </li>
      ))}
    </ul>
  );
  const few = points.length <= SHOWN + 1;
  return (
    <div className="mt-0.5">
      {list(few ? points : points.slice(0, SHOWN))}
      {!few && (
        <details>
          <summary className={ACTION}>{words.more(points.length - SHOWN)}</summary>
          {list(points.slice(SHOWN))}
        </details>
      )}
    </div>
  );
}

/** The words of one fact in boxes, in its place. */
function Edit({ fact, desk, onDone }: { fact: Fact; desk: Desk; onDone: () => void }) {
  const words = useLanguage().text.prepare;
  const id = useId();
  const fields = [
    { key: fact.key, text: fact.text },
    ...(fact.detail_key ? [{ key: fact.detail_key, text: fact.detail ?? "" }] : []),
  ];
  const [values, setValues] = useState(() => Object.fromEntries(fields.map((f) => [f.key, f.text])));
  const first = useRef<HTMLFormElement>(null);
  useEffect(() => first.current?.querySelector("input")?.select(), []);
  const changed = fields.filter((f) => values[f.key]?.trim() && values[f.key]?.trim() !== f.text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed.length > 0) {
      desk.edit(Object.fromEntries(changed.map((f) => [f.key, values[f.key] ?? ""])));
    }
    onDone();
  };
  return (
    <form
      ref={first}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
      className="grid gap-2 rounded-lg bg-well p-3"
    >
      <div className="grid gap-2 sm:grid-cols-2">
        {fields.map((field) => (
          <div key={field.key} className="min-w-0">
            <label htmlFor={`${id}-${field.key}`} className="mb-1 block text-sm font-semibold">
              {fieldText(field.key, words)}
            </label>
            <input
              id={`${id}-${field.key}`}
              type="text"
              autoComplete="off"
              maxLength={200}
              value={values[field.key]}
              onChange={(event) => setValues({ ...values, [field.key]: event.target.value })}
              className="min-h-10 w-full rounded-lg border border-edge bg-sheet px-3"
            />
          </div>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" tone="primary" disabled={changed.length === 0}>
          {words.save}
        </Button>
        <Button size="small" tone="bare" onClick={onDone}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
