import { useState } from "react";
import { api, type Interview, type SetupIn, type Trouble } from "../api";
import { duration, moment, useLanguage } from "../i18n";
import { go, Link } from "../router";
import { Button, buttonClass } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { Icon } from "../ui/icons";
import { Notice } from "../ui/Notice";
import { beginWith } from "./begin";
import { Conversation } from "./Conversation";
import { UnknownPage } from "./MissingPage";
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
      {data && <Report interview={data} />}
    </Shell>
  );
}

function Report({ interview }: { interview: Interview }) {
  const { language, text } = useLanguage();
  const words = text.end;
  const open = interview.state !== "ended";
  return (
    <article className="grid gap-x-16 gap-y-8 pt-4 lg:grid-cols-[minmax(0,1fr)_17rem] lg:grid-rows-[auto_auto_1fr] lg:pt-8">
      <header className="border-b border-line pb-6 lg:col-span-2">
        <p className="text-sm font-semibold text-accent">{words.kicker}</p>
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
        {!open && <Again setup={interview.setup} />}
        {!interview.hidden && <Downloads id={interview.id} />}
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
        {interview.turns.length > 0 ? (
          <Conversation turns={interview.turns} language={interview.setup.language} />
        ) : (
          !interview.hidden && <p className="text-soft">{words.empty}</p>
        )}
      </div>
      <aside className="grid content-start gap-6 lg:col-start-2 lg:row-start-3">
        <Facts interview={interview} />
        <Remove id={interview.id} />
      </aside>
    </article>
  );
}

function Again({ setup }: { setup: SetupIn }) {
  const { language, text } = useLanguage();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    try {
      await beginWith(() => api.create({ ...setup, page_language: language, seed: null }));
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
  const versions = Object.entries(interview.versions).filter(([, value]) => value !== "");
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
