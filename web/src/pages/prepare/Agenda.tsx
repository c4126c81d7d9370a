import type { Preparation } from "../../api";
import { useText } from "../../i18n";
import { Source } from "./Source";

/** The questions that the documents gave, in the order in which they will be asked. */
export function Agenda({ made, lang }: { made: Preparation; lang: string }) {
  const words = useText().prepare;
  if (made.agenda.length === 0) return <p>{words.noAgenda}</p>;
  return (
    <ol className="grid gap-4">
      {made.agenda.map((question, n) => (
        <li key={question.id} className="grid grid-cols-[2rem_minmax(0,1fr)]">
          <span aria-hidden="true" className="font-serif text-xl text-accent tabular-nums">
            {n + 1}
          </span>
          <div className="min-w-0">
            <p lang={lang} className="font-serif text-lg wrap-anywhere">
              {question.text}
            </p>
            <div className="flex flex-wrap items-center gap-x-3 text-sm text-soft">
              <span>{words.about[question.about] ?? ""}</span>
              <Source places={question.places} of={question.text} />
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
