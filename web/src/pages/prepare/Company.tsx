import type { Preparation } from "../../api";
import { useText } from "../../i18n";
import { Strike, Tag } from "./Entry";
import { Source } from "./Source";
import type { Desk } from "./usePreparation";
import { grouped } from "./words";

interface Props {
  made: Preparation;
  desk: Desk;
  frozen: boolean;
}

/** What the company's own papers say, by kind, each literally and with its place. */
export function Company({ made, desk, frozen }: Props) {
  const words = useText().prepare;
  if (made.company.length === 0) return <p>{words.companyNothing}</p>;
  const lang = (document: string) => made.documents.find((paper) => paper.id === document)?.language;
  return (
    <div className="grid gap-6">
      {grouped(made.company, (told) => told.about).map(([about, statements]) => (
        <section key={about} aria-label={words.companyKinds[about] ?? ""}>
          <h3 className="text-sm font-semibold text-accent">{words.companyKinds[about] ?? ""}</h3>
          <ul className="mt-2 grid gap-3">
            {statements.map((told) => (
              <li key={told.key} data-told={told.about} className="min-w-0">
                <p className="wrap-anywhere">
                  <span
                    lang={lang(told.place.document)}
                    className={told.struck ? "text-soft line-through decoration-coral decoration-2" : ""}
                  >
                    {told.text}
                  </span>
                  {told.struck && <Tag>{words.struck}</Tag>}
                </p>
                <div className="flex flex-wrap items-center gap-x-4">
                  <Source places={[told.place]} of={told.text} />
                  {!frozen && <Strike itemKey={told.key} name={told.text} struck={told.struck} desk={desk} />}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
