import type { ReportedQuestion, ReportSentence } from "../../api";
import { useText } from "../../i18n";
import { Fold } from "./Fold";
import { Quote, QuoteTime } from "./Quote";
import { ScoreTrack, STAR } from "./ScoreTrack";

interface Props {
  question: ReportedQuestion;
  lang: string;
  /** An answer given again: shorter, and its quotes lead nowhere. */
  again?: boolean;
}

/** How one answer came across: score, parts, what was good and missing, a better outline. */
export function Weighed({ question, lang, again }: Props) {
  const { report } = useText();
  return (
    <div className="grid gap-5">
      {question.score ? (
        <div className="flex max-w-md items-center gap-5">
          <span className="min-w-0 flex-1 px-2">
            <ScoreTrack score={question.score} />
          </span>
          <span className="text-sm tabular-nums">
            <span className="sr-only">{report.score}: </span>
            {question.score.text}
          </span>
        </div>
      ) : (
        <p className="rounded-lg bg-well px-4 py-3">{question.insufficient}</p>
      )}
      {question.parts.length > 0 && <Parts question={question} />}
      <Lines title={report.good} lines={question.good} lang={lang} again={again} />
      <Lines title={report.missing} lines={question.missing} lang={lang} again={again} />
      {!again && <Outline lines={question.outline} />}
      {!again && question.evidence.length > 0 && (
        <Fold title={report.restsOn}>
          <ul className="mt-1 grid gap-3">
            {question.evidence.map((proof) => (
              <li key={`${proof.quote.turn}-${proof.quote.start}-${proof.quote.end}`}>
                <p className="text-sm text-soft">{proof.labels.join(" · ")}</p>
                <Quote quote={proof.quote} lang={lang} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
      {question.judged && <Opinion judged={question.judged} lang={lang} />}
    </div>
  );
}

function Parts({ question }: { question: ReportedQuestion }) {
  const { report } = useText();
  return (
    <ul aria-label={report.parts} className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {question.parts.map((part) => (
        <li key={part.id} className={`flex items-center gap-2 ${part.found ? "" : "text-soft"}`}>
          <svg aria-hidden="true" viewBox="-8 -8 16 16" className="size-3.5">
            <path
              d={STAR}
              strokeWidth="1.5"
              className={part.found ? "fill-accent" : "fill-none stroke-edge"}
            />
          </svg>
          {part.label}
          <span className="sr-only">: {part.found ? report.partThere : report.partMissing}</span>
        </li>
      ))}
    </ul>
  );
}

interface LinesProps {
  title: string;
  lines: readonly ReportSentence[];
  lang: string;
  again?: boolean;
}

function Lines({ title, lines, lang, again }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h4 className="text-sm font-semibold text-accent">{title}</h4>
      <ul className="mt-1.5 grid gap-2.5">
        {lines.map((line) => (
          <li key={line.text} className="max-w-prose">
            {line.text}
            {line.quote && <Quote quote={line.quote} lang={lang} bare={again} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Outline({ lines }: { lines: readonly ReportSentence[] }) {
  const { report } = useText();
  if (lines.length === 0) return null;
  return (
    <div>
      <h4 className="text-sm font-semibold text-accent">
        {lines.some((line) => line.quote) ? report.outline : report.outlineBare}
      </h4>
      <ol className="mt-1.5 grid list-decimal gap-1.5 pl-6 marker:text-soft">
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps keep their order
          <li key={i} className="max-w-prose wrap-anywhere">
            {line.text} {line.quote && <QuoteTime quote={line.quote} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Opinion({ judged, lang }: { judged: NonNullable<ReportedQuestion["judged"]>; lang: string }) {
  const { report } = useText();
  return (
    <div className="border-l-2 border-line pl-4 text-sm">
      {judged.score !== null && <p className="tabular-nums">{report.opinion.score(judged.score)}</p>}
      {judged.note && <p className="text-soft">{judged.note}</p>}
      {judged.comments.map((line) => (
        <div key={line.text} className="mt-2">
          <p>{line.text}</p>
          {line.quote && <Quote quote={line.quote} lang={lang} />}
        </div>
      ))}
    </div>
  );
}
