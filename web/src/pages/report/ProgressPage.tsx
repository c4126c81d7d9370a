import { api, type Track } from "../../api";
import { day, useLanguage } from "../../i18n";
import { Link } from "../../router";
import { buttonClass } from "../../ui/Button";
import { Mark } from "../Mark";
import { Shell } from "../Shell";
import { TroubleNotice } from "../TroubleNotice";
import { useLoad } from "../useLoad";
import { useTitle } from "../useTitle";
import { Fold } from "./Fold";
import { TrackChart } from "./TrackChart";

/** Every competency over all interviews that have ended. */
export function ProgressPage() {
  const { language, text } = useLanguage();
  const words = text.report.progress;
  const { data, trouble, reload } = useLoad(() => api.progress(language), `progress ${language}`);
  useTitle(words.title);
  return (
    <Shell here="past">
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col pt-4 lg:pt-8">
        <h1 data-page-heading tabIndex={-1} className="text-3xl outline-none">
          {words.title}
        </h1>
        <p className="mt-1 text-soft">{words.lead}</p>
        {trouble && (
          <div className="mt-6">
            <TroubleNotice trouble={trouble} onRetry={reload} />
          </div>
        )}
        {data && data.tracks.length > 0 && (
          <>
            <p className="mt-6 max-w-prose rounded-r-lg border-l-3 border-accent bg-accent-wash px-4 py-3 text-sm">
              {data.statement}
            </p>
            <ul className="mt-4">
              {data.tracks.map((track) => (
                <Row key={`${track.id} ${track.spoken}`} track={track} />
              ))}
            </ul>
          </>
        )}
        {data && data.tracks.length === 0 && !trouble && <Empty />}
      </div>
    </Shell>
  );
}

function Row({ track }: { track: Track }) {
  const { text } = useLanguage();
  const words = text.report.progress;
  const many = track.steps.length > 1;
  return (
    <li className="border-b border-line py-7">
      <h2 className="text-xl">{track.name}</h2>
      <p className="text-sm text-soft">
        {words.times(track.steps.length)}, {words.languages[track.spoken]} ·{" "}
        {track.verdict ? words.verdict[track.verdict] : words.once}
      </p>
      {many && <TrackChart track={track} />}
      {many ? (
        <Fold title={words.table}>
          <Steps track={track} />
        </Fold>
      ) : (
        <Steps track={track} />
      )}
    </li>
  );
}

/** A track's steps in words and figures. */
function Steps({ track }: { track: Track }) {
  const { language, text } = useLanguage();
  const words = text.report.progress;
  return (
    <table className="mt-1 w-full text-left text-sm">
      <thead>
        <tr className="text-soft">
          <th scope="col" className="pr-4 font-normal">
            {words.date}
          </th>
          <th scope="col" className="pr-4 font-normal">
            {words.interview}
          </th>
          <th scope="col" className="font-normal">
            {text.report.score}
          </th>
        </tr>
      </thead>
      <tbody>
        {track.steps.map((step) => (
          <tr key={step.interview} className="border-t border-line align-baseline">
            <td className="py-1.5 pr-4">{day(step.when, language)}</td>
            <td className="py-1.5 pr-4 wrap-anywhere" lang={track.spoken}>
              <Link
                href={`/interview/${step.interview}`}
                className="underline decoration-line underline-offset-4 hover:text-accent"
              >
                {step.role}
              </Link>
            </td>
            <td className="py-1.5 tabular-nums">{step.score.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Empty() {
  const words = useLanguage().text.report.progress;
  return (
    <div className="tiled relative isolate m-auto w-full py-20 text-center">
      <Mark className="mx-auto size-16" />
      <p className="mt-6 font-serif text-2xl">{words.none}</p>
      <p className="mt-1 mb-7 text-soft">{words.noneLead}</p>
      <Link href="/" className={buttonClass("primary")}>
        {words.begin}
      </Link>
    </div>
  );
}
