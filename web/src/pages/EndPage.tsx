import { useState } from "react";
import { type AssessmentOut, api, type Interview, type SetupIn, type Trouble } from "../api";
import { chooseInterviewer, interviewerOf } from "../avatar/choice";
import { duration, moment, useLanguage } from "../i18n";
import { go, Link } from "../router";
import { Button, buttonClass } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { Icon } from "../ui/icons";
import { Notice } from "../ui/Notice";
import { beginWith } from "./begin";
import { Conversation, type Marked } from "./Conversation";
import { UnknownPage } from "./MissingPage";
import { forgetDrafts } from "./report/draft";
import { type Place, questionOf } from "./report/place";
import { ReportTab } from "./report/ReportTab";
import { panelProps, type TabName, Tabs } from "./report/Tabs";
import { usePlace } from "./report/usePlace";
import { Shell } from "./Shell";
import { TroubleNotice } from "./TroubleNotice";
import { asTrouble, useLoad } from "./useLoad";
import { useTitle } from "./useTitle";

export function EndPage({ id }: { id: string }) {
  const { text } = useLanguage();
  const { data, trouble, reload } = useLoad(() => api.get(id), id);
  useTitle(data?.setup.role ?? text.end.kicker);
  if (trouble?.status === 404) return <UnknownPage />;
  return (
    <Shell>
      {trouble && (
        <div className="mx-auto w-full max-w-2xl pt-8">
          <TroubleNotice trouble={trouble} onRetry={reload} />
        </div>
      )}
      {data && <Told interview={data} />}
    </Shell>
  );
}

function Told({ interview }: { interview: Interview }) {
  const { language, text } = useLanguage();
  const words = text.end;
  const open = interview.state !== "ended";
  const place = usePlace();
  const tab: TabName = open ? "transcript" : place.tab;
  return (
    <article className="grid gap-x-16 gap-y-8 pt-4 lg:grid-cols-[minmax(0,1fr)_17rem] lg:grid-rows-[auto_auto_1fr] lg:pt-8">
      <header className="border-b border-line pb-6 lg:col-span-2">
        <p className="text-sm font-semibold text-accent">{open ? words.kicker : text.report.kicker}</p>
        <h1
          data-page-heading
          tabIndex={-1}
          lang={interview.setup.language}
          className="mt-1 text-3xl outline-none wrap-anywhere lg:text-4xl"
        >
          {words.title(interview.setup.role)}
        </h1>
        <p className="mt-2 text-soft">
          <span lang={interview.setup.language}>{interview.field_name}</span> ·{" "}
          <time dateTime={interview.created}>{moment(interview.created, language)}</time>
        </p>
      </header>
      <aside className="grid content-start gap-6 lg:col-start-2 lg:row-start-2">
        {!open && <Again id={interview.id} setup={interview.setup} />}
        {tab === "report" ? (
          <ReportDownloads id={interview.id} />
        ) : (
          !interview.hidden && <Downloads id={interview.id} />
        )}
      </aside>
      <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-2">
        {open && (
          <div className="mb-8">
            <Notice tone="plain" title={words.unfinished} fix={interview.hidden ? words.hidden : ""}>
              <Link href={`/room/${interview.id}`} className={buttonClass("primary", "small")}>
                {words.continue}
              </Link>
            </Notice>
          </div>
        )}
        {open ? (
          <Transcript interview={interview} marked={null} />
        ) : (
          <Panels interview={interview} place={place} tab={tab} />
        )}
      </div>
      <aside className="grid content-start gap-6 lg:col-start-2 lg:row-start-3">
        <Facts interview={interview} />
        <Remove id={interview.id} />
      </aside>
    </article>
  );
}

interface PanelsProps {
  interview: Interview;
  place: Place;
  tab: TabName;
}

/** Report and transcript of an interview that has ended; a quote of the one leads to its place in the other. */
function Panels({ interview, place, tab }: PanelsProps) {
  const { report } = useLanguage().text;
  const [weighed, setWeighed] = useState<AssessmentOut | null>(null);
  const question = place.tab === "report" ? place.question : null;
  const marked = place.tab === "transcript" && place.turn !== null ? markOf(place.turn, place) : null;

  function markOf(turn: number, { start, end }: { start: number; end: number }): Marked {
    const number = questionOf(turn, weighed?.report.questions ?? []);
    const back = number === null ? null : { href: `#question-${number}`, text: report.backTo(number) };
    return { turn, start, end, back };
  }
  return (
    <>
      <Tabs chosen={tab} />
      <div {...panelProps("report")} hidden={tab !== "report"}>
        <ReportTab interview={interview} question={question} onLoad={setWeighed} />
      </div>
      <div {...panelProps("transcript")} hidden={tab !== "transcript"}>
        {tab === "transcript" && <Transcript interview={interview} marked={marked} />}
      </div>
    </>
  );
}

function Transcript({ interview, marked }: { interview: Interview; marked: Marked | null }) {
  const words = useLanguage().text.end;
  if (interview.turns.length === 0)
    return interview.hidden ? null : <p className="text-soft">{words.empty}</p>;
  return <Conversation turns={interview.turns} language={interview.setup.language} marked={marked} />;
}

function ReportDownloads({ id }: { id: string }) {
  const { language, text } = useLanguage();
  const { end, report } = text;
  return (
    <section>
      <h2 className="mb-2 text-lg">{report.downloads}</h2>
      <div className="grid grid-cols-2 gap-2 lg:grid-cols-1">
        {(["pdf", "json"] as const).map((kind) => (
          <a key={kind} href={api.report(id, kind, language)} download className={buttonClass("quiet")}>
            <Icon name="download" />
            {end[kind]}
          </a>
        ))}
        <a
          href={api.report(id, "zip", language)}
          download
          aria-describedby="share-hint"
          className={`${buttonClass("quiet")} max-lg:col-span-2`}
        >
          <Icon name="download" />
          {report.share}
        </a>
      </div>
      <p id="share-hint" className="mt-2 text-sm text-soft">
        {report.shareHint}
      </p>
    </section>
  );
}

function Again({ id, setup }: { id: string; setup: SetupIn }) {
  const { language, text } = useLanguage();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    try {
      await beginWith(() => api.create({ ...setup, page_language: language, seed: null }), interviewerOf(id));
    } catch (error) {
      setTrouble(asTrouble(error));
      setBusy(false);
    }
  };
  return (
    <div>
      <Button tone="primary" icon="repeat" disabled={busy} onClick={again} className="w-full">
        <span className="py-2 text-left leading-tight">{text.end.again}</span>
      </Button>
      {trouble && (
        <div className="mt-3">
          <TroubleNotice trouble={trouble} />
        </div>
      )}
    </div>
  );
}

function Downloads({ id }: { id: string }) {
  const { end } = useLanguage().text;
  return (
    <section>
      <h2 className="mb-2 text-lg">{end.downloads}</h2>
      <div className="grid grid-cols-3 gap-2 lg:grid-cols-1">
        {(["pdf", "json", "txt"] as const).map((kind) => (
          <a key={kind} href={api.transcript(id, kind)} download className={buttonClass("quiet")}>
            <Icon name="download" />
            {end[kind]}
          </a>
        ))}
      </div>
    </section>
  );
}

function Facts({ interview }: { interview: Interview }) {
  const { language, text } = useLanguage();
  const { setup } = interview;
  const answers = interview.turns.filter((turn) => turn.speaker === "candidate").length;
  const versions = Object.entries(interview.versions).filter(
    ([name, value]) => value !== "" && !name.endsWith("_sha256"), // those stand on the report's last page
  );
  const rows: [string, string[]][] = [
    [text.end.facts.length, [`${duration(interview.elapsed_s, language)} · ${text.end.answers(answers)}`]],
    [
      text.end.facts.setup,
      [
        `${text.setup.levels[setup.level ?? "mid"]} · ${text.setup.kinds[setup.kind ?? "mixed"]} · ${text.setup.modes[setup.mode ?? "practice"]}`,
      ],
    ],
    [text.end.facts.versions, versions.map(([name, value]) => `${name} ${value}`)],
  ];
  return (
    <dl className="grid gap-3 text-sm">
      {rows
        .filter(([, lines]) => lines.length > 0)
        .map(([name, lines]) => (
          <div key={name}>
            <dt className="font-semibold">{name}</dt>
            {lines.map((line) => (
              <dd key={line} className="text-soft wrap-anywhere">
                {line}
              </dd>
            ))}
          </div>
        ))}
    </dl>
  );
}

function Remove({ id }: { id: string }) {
  const { end } = useLanguage().text;
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const remove = async () => {
    try {
      await api.remove(id);
      chooseInterviewer(id, "");
      forgetDrafts(id);
      go("/past", "replace");
    } catch (error) {
      setAsking(false);
      setTrouble(asTrouble(error));
    }
  };
  return (
    <div className="border-t border-line pt-4">
      {trouble && <TroubleNotice trouble={trouble} />}
      {asking ? (
        <Confirm
          question={end.removeAsk}
          yes={end.removeYes}
          no={end.removeNo}
          onYes={remove}
          onNo={() => setAsking(false)}
        />
      ) : (
        <button
          type="button"
          onClick={() => setAsking(true)}
          className="inline-flex min-h-9 items-center gap-2 rounded-md text-sm text-coral underline-offset-4 hover:underline"
        >
          <Icon name="trash" className="size-4.5" />
          {end.remove}
        </button>
      )}
    </div>
  );
}
