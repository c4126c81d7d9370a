import { useEffect } from "react";
import { type AssessmentOut, api, type Interview, type ReportedQuestion } from "../../api";
import { useLanguage } from "../../i18n";
import { TroubleNotice } from "../TroubleNotice";
import { useLoad } from "../useLoad";
import { AnswerAgain } from "./AnswerAgain";
import { AskOpinion } from "./AskOpinion";
import { Fold } from "./Fold";
import { Changes, Profile } from "./Profile";
import { Quote, QuoteTime } from "./Quote";
import { useArrival } from "./usePlace";
import { Weighed } from "./Weighed";

interface Props {
  interview: Interview;
  /** The question to bring into sight; null for none. */
  question: number | null;
  onLoad: (assessment: AssessmentOut) => void;
}

/** The report of an interview that has ended, in the page's language. */
export function ReportTab({ interview, question, onLoad }: Props) {
  const { language, text } = useLanguage();
  const words = text.report;
  const { data, trouble, reload } = useLoad(
    () => api.assessment(interview.id, language),
    `${interview.id} ${language}`,
  );
  useEffect(() => {
    if (data) onLoad(data);
  }, [data, onLoad]);
  if (trouble && !data) return <TroubleNotice trouble={trouble} onRetry={reload} />;
  if (!data) return <p className="text-soft">{words.loading}</p>;
  const { report } = data;
  return (
    <div className="grid gap-12" lang={report.language}>
      <Head report={report} />
      <Profile competencies={report.competencies} />
      <Changes changes={data.changes} />
      {report.questions.length > 0 && (
        <section aria-labelledby="questions">
          <h2 id="questions" className="text-2xl">
            {words.questions}
          </h2>
          {report.judge && <p className="mt-2 text-sm text-soft">{report.judge}</p>}
          <AskOpinion interview={interview.id} onGiven={reload} />
          <ol className="mt-2">
            {report.questions.map((one) => (
              <Question
                key={one.id}
                question={one}
                interview={interview}
                practised={data.practised.filter((p) => p.question === one.id)}
                arrived={question === one.number}
                spoken={report.spoken}
              />
            ))}
          </ol>
        </section>
      )}
      <Exercises report={report} />
      {report.attempts.length > 0 && (
        <section aria-labelledby="attempts">
          <h2 id="attempts" className="text-2xl">
            {words.attempts}
          </h2>
          {report.attempts.map((quote) => (
            <Quote key={`${quote.turn}-${quote.start}`} quote={quote} lang={report.spoken} />
          ))}
        </section>
      )}
      <Reproduce versions={report.versions} />
    </div>
  );
}

type ReportOut = AssessmentOut["report"];

function Head({ report }: { report: ReportOut }) {
  const words = useLanguage().text.report;
  return (
    <section aria-labelledby="summary">
      <p className="max-w-prose rounded-r-lg border-l-3 border-accent bg-accent-wash px-4 py-3 text-sm">
        {report.statement}
      </p>
      {report.notes.map((note) => (
        <p
          key={note}
          className="mt-3 max-w-prose rounded-r-lg border-l-3 border-coral bg-coral-wash px-4 py-3 text-sm"
        >
          {note}
        </p>
      ))}
      <h2 id="summary" className="mt-8 text-2xl">
        {words.summary}
      </h2>
      <div className="mt-3 grid max-w-prose gap-2.5">
        {report.summary.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: five sentences in their order
          <p key={i} className="wrap-anywhere">
            {line.text} {line.quote && <QuoteTime quote={line.quote} />}
          </p>
        ))}
      </div>
    </section>
  );
}

interface QuestionProps {
  question: ReportedQuestion;
  interview: Interview;
  practised: AssessmentOut["practised"];
  arrived: boolean;
  spoken: string;
}

function Question({ question, interview, practised, arrived, spoken }: QuestionProps) {
  const { report } = useLanguage().text;
  const heading = useArrival<HTMLHeadingElement>(arrived ? String(question.number) : null);
  return (
    <li
      className="grid gap-x-5 border-b border-line py-8 last:border-b-0 sm:grid-cols-[2.25rem_minmax(0,1fr)]"
      data-question={question.number}
    >
      <span aria-hidden="true" className="font-serif text-2xl text-accent tabular-nums">
        {question.number}
      </span>
      <div className="min-w-0">
        <h3 ref={heading} tabIndex={-1} lang={spoken} className="text-xl outline-none wrap-anywhere">
          <span className="sr-only">{report.question(question.number)}: </span>
          {question.text}
        </h3>
        <p className="mt-1 text-sm text-soft">{question.competency}</p>
        {question.sources.length > 0 && (
          <p data-sources className="text-sm text-soft wrap-anywhere">
            {report.source}: {question.sources.join("; ")}
          </p>
        )}
        <div className="mt-4">
          <Weighed question={question} lang={spoken} />
        </div>
        <AnswerAgain
          interview={interview.id}
          question={question}
          turns={interview.turns}
          practised={practised}
          lang={spoken}
        />
      </div>
    </li>
  );
}

function Exercises({ report }: { report: ReportOut }) {
  const words = useLanguage().text.report;
  if (report.exercises.length === 0) return null;
  return (
    <section aria-labelledby="exercises">
      <h2 id="exercises" className="text-2xl">
        {words.exercises}
      </h2>
      <ol className="mt-3 grid list-decimal gap-4 pl-6 marker:text-accent">
        {report.exercises.map((task) => (
          <li key={task.text} className="max-w-prose">
            {task.text}
            <a
              href={`#question-${task.number}`}
              className="mt-0.5 block text-sm text-soft hover:text-accent wrap-anywhere"
            >
              <span className="underline decoration-line underline-offset-4">
                {words.practiseOn(task.number)}
              </span>
              : <span lang={report.spoken}>{task.question}</span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reproduce({ versions }: { versions: ReportOut["versions"] }) {
  const words = useLanguage().text.report;
  return (
    <Fold title={words.reproduce}>
      <p className="mt-2 max-w-prose text-sm">{words.reproduceLead}</p>
      <dl className="mt-3 grid gap-2 text-sm">
        {versions.map(([name, value]) => (
          <div key={name}>
            <dt className="text-soft">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}
