import type { Change, ReportedCompetency } from "../../api";
import { day, useLanguage } from "../../i18n";
import { Link } from "../../router";
import { ScoreScale, ScoreTrack } from "./ScoreTrack";

/** Chart and table in one: a row a competency, its score drawn on a line and written beside it. */
export function Profile({ competencies }: { competencies: readonly ReportedCompetency[] }) {
  const { report } = useLanguage().text;
  if (competencies.length === 0) return null;
  return (
    <section aria-labelledby="profile">
      <h2 id="profile" className="text-2xl">
        {report.profile}
      </h2>
      <p className="mt-2 max-w-prose text-sm text-soft">{report.profileNote}</p>
      <table className="mt-5 w-full border-collapse text-left">
        <thead>
          <tr className="align-bottom">
            <th scope="col" className="pb-1 font-normal">
              <span className={ROW}>
                <span className="sr-only">{report.competency}</span>
                <span className="px-2 sm:col-start-2">
                  <ScoreScale />
                </span>
              </span>
            </th>
            <th scope="col" className="w-28 pb-1 pl-4 text-sm font-semibold text-soft">
              {report.score}
            </th>
          </tr>
        </thead>
        <tbody>
          {competencies.map((one) => (
            <Row key={one.id} competency={one} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const ROW = "grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)] sm:items-center";

function Row({ competency }: { competency: ReportedCompetency }) {
  const { report } = useLanguage().text;
  return (
    <tr className="border-t border-line align-middle">
      <th scope="row" className="py-2.5 font-normal">
        <span className={ROW}>
          <span>
            <span className="block leading-snug font-medium">{competency.name}</span>
            <span className="block text-sm text-soft">{report.onQuestions(competency.questions)}</span>
          </span>
          <span className="px-2">
            <ScoreTrack score={competency.score} />
          </span>
        </span>
      </th>
      <td className="w-28 py-2.5 pl-4 text-sm tabular-nums">
        {competency.score ? (
          <Figures text={competency.score.text} />
        ) : (
          <span className="text-soft" title={competency.insufficient}>
            {report.noScore}
            <span className="sr-only">. {competency.insufficient}</span>
          </span>
        )}
      </td>
    </tr>
  );
}

/** "3.4 (2.6 to 4.2)": the score large, its interval under it. */
export function Figures({ text }: { text: string }) {
  const [value, interval] = text.split(/ (?=\()/);
  return (
    <>
      <span className="block text-base font-semibold">{value}</span>
      <span className="block whitespace-nowrap text-soft">{interval}</span>
    </>
  );
}

/** What an earlier interview weighed too. A difference within the intervals is called none. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const { language, text } = useLanguage();
  const words = text.report;
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className="text-2xl">
        {words.changes}
      </h2>
      <ul className="mt-3 border-t border-line">
        {changes.map((change) => (
          <li
            key={change.id}
            className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-line py-2.5"
          >
            <span className="font-medium">{change.name}</span>
            <span className="text-sm text-soft tabular-nums">
              <Link
                href={`/interview/${change.before.interview}`}
                className="underline decoration-line underline-offset-4 hover:text-accent"
              >
                {day(change.before.when, language)}
              </Link>
              {`: ${change.before.score.text} → ${change.now.text} · ${words.change[change.verdict]}`}
            </span>
          </li>
        ))}
      </ul>
      <Link
        href="/progress"
        className="mt-3 inline-flex min-h-9 items-center text-sm font-medium text-accent underline-offset-4 hover:underline"
      >
        {words.toProgress}
      </Link>
    </section>
  );
}
