import { useContext, useState } from "react";
import type { Demand, Place, Preparation } from "../../api";
import { useText } from "../../i18n";
import { Icon, type IconName } from "../../ui/icons";
import { Strike, Tag } from "./Entry";
import { ACTION, AllSources } from "./Source";
import { tally } from "./state";
import type { Desk } from "./usePreparation";
import { placeText } from "./words";

const MARKS: Record<"covered" | "thin" | "missing", { icon: IconName; colour: string }> = {
  covered: { icon: "check", colour: "text-accent" },
  thin: { icon: "half", colour: "text-ink" },
  missing: { icon: "ring", colour: "text-coral" },
};

interface Props {
  made: Preparation;
  desk: Desk;
  frozen: boolean;
}

/** The job's demands in its own order, each with what the CV has for it. Duties are told apart. */
export function Match({ made, desk, frozen }: Props) {
  const words = useText().prepare;
  const lang = (kind: string) => made.documents.find((paper) => paper.kind === kind)?.language;
  const asked = made.demands.filter((demand) => demand.need !== "duty");
  const duties = made.demands.filter((demand) => demand.need === "duty");
  const { covered, thin, missing } = tally(made);
  const rows = (demands: readonly Demand[]) => (
    <ul className="grid gap-4">
      {demands.map((demand) => (
        <Row
          key={demand.key}
          demand={demand}
          desk={desk}
          frozen={frozen}
          jobLang={lang("job")}
          cvLang={lang("cv")}
        />
      ))}
    </ul>
  );
  if (made.demands.length === 0) return <p>{words.noDemands}</p>;
  return (
    <div className="grid gap-5">
      {made.cv && asked.length > 0 && <p className="font-semibold">{words.counts(covered, thin, missing)}</p>}
      {rows(asked)}
      {duties.length > 0 && (
        <details className="border-t border-line pt-3">
          <summary className="min-h-8 font-medium hover:text-accent">{words.duties(duties.length)}</summary>
          <div className="mt-3">{rows(duties)}</div>
        </details>
      )}
    </div>
  );
}

interface RowProps {
  demand: Demand;
  desk: Desk;
  frozen: boolean;
  jobLang: string | undefined;
  cvLang: string | undefined;
}

function Row({ demand, desk, frozen, jobLang, cvLang }: RowProps) {
  const words = useText().prepare;
  const { state } = demand;
  const mark = state && MARKS[state];
  const all = useContext(AllSources);
  const [asked, setAsked] = useState(false);
  const shown = all || asked;
  const where = (place: Place) =>
    shown && <span className="text-sm text-accent wrap-anywhere">{placeText(place, words)}</span>;
  return (
    <li className="grid gap-x-4 sm:grid-cols-[8.5rem_minmax(0,1fr)]" data-state={state ?? ""}>
      <p
        className={`flex items-center gap-1.5 self-start text-sm font-semibold sm:pt-0.5 ${mark?.colour ?? "text-soft"}`}
      >
        {mark && <Icon name={mark.icon} className="size-4.5" />}
        {state ? words.states[state] : words.needs[demand.need]}
      </p>
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <span
            lang={jobLang}
            className={demand.struck ? "text-soft line-through decoration-coral decoration-2" : ""}
          >
            {demand.text}
          </span>
          {demand.struck && <Tag>{words.struck}</Tag>}
          {state && <span className="text-sm text-soft"> · {words.needs[demand.need] ?? demand.need}</span>}
        </p>
        {demand.why && words.whys[demand.why] && (
          <p className="text-sm text-soft">
            {words.whys[demand.why]}
            {demand.evidence.length > 0 && ":"}
          </p>
        )}
        {demand.evidence.length > 0 && (
          <ul className="grid text-sm">
            {demand.evidence.map((fact) => (
              <li key={fact.text + fact.place?.line} className="flex flex-wrap items-center gap-x-3">
                <q lang={cvLang} className="wrap-anywhere">
                  {fact.text}
                </q>
                {fact.place && where(fact.place)}
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-wrap items-center gap-x-4">
          {where(demand.place)}
          {!all && (
            <button type="button" aria-expanded={asked} className={ACTION} onClick={() => setAsked(!asked)}>
              {words.source}
              <span className="sr-only">: {demand.text}</span>
            </button>
          )}
          {!frozen && <Strike itemKey={demand.key} name={demand.text} struck={demand.struck} desk={desk} />}
        </div>
      </div>
    </li>
  );
}
