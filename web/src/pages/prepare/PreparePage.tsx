import { type ReactNode, useEffect, useState } from "react";
import { api, type Interview, type Preparation } from "../../api";
import { type Text, useText } from "../../i18n";
import { sound } from "../../live/sound";
import { go, Link } from "../../router";
import { Button, buttonClass } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import { UnknownPage } from "../MissingPage";
import { Shell } from "../Shell";
import { TroubleNotice } from "../TroubleNotice";
import { useLoad } from "../useLoad";
import { useTitle } from "../useTitle";
import { Agenda } from "./Agenda";
import { Company } from "./Company";
import { Documents } from "./Documents";
import { Match } from "./Match";
import { AllSources } from "./Source";
import { isReading, type News } from "./state";
import { Understood } from "./Understood";
import { usePreparation } from "./usePreparation";

/** Documents are handed in, what was understood is checked, and the interview begins with it. */
export function PreparePage({ id }: { id: string }) {
  const text = useText();
  const words = text.prepare;
  const { data, trouble, reload } = useLoad(() => api.get(id), id);
  useTitle(data ? words.title(data.setup.role) : words.plainTitle);

  if (trouble?.status === 404) return <UnknownPage />;
  if (data) return <Prepared interview={data} />;
  return (
    <Shell>
      <div className="mx-auto w-full max-w-2xl pt-8">
        {trouble ? (
          <TroubleNotice trouble={trouble} onRetry={reload} />
        ) : (
          <p className="text-soft">{words.loading}</p>
        )}
      </div>
    </Shell>
  );
}

function Prepared({ interview }: { interview: Interview }) {
  const words = useText().prepare;
  const desk = usePreparation(interview.id);
  const { state } = desk;
  const { made } = state;
  const [sources, setSources] = useState(false);
  const frozen = interview.state !== "new";
  const filled = made !== null && made.documents.length > 0;
  useNoStrayDrop();

  return (
    <Shell>
      <div className="flex flex-1 flex-col pt-2 lg:pt-6">
        <p className="text-sm font-semibold text-accent">{words.kicker}</p>
        <h1 data-page-heading tabIndex={-1} className="max-w-3xl text-3xl wrap-anywhere outline-none">
          {words.title(interview.setup.role)}
        </h1>
        <p className="mt-2 max-w-2xl text-lg text-soft">{words.lead}</p>
        <p className="mt-1 text-sm text-soft">{words.private}</p>
        {frozen && <Begun interview={interview} />}
        {state.trouble && (
          <div className="mt-5 max-w-3xl">
            <TroubleNotice trouble={state.trouble} onRetry={desk.reload} />
          </div>
        )}
        <div className="mt-6 grid flex-1 items-start gap-x-10 gap-y-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <Documents desk={desk} frozen={frozen} />
          <AllSources value={sources}>
            <div className="grid min-w-0 gap-8" aria-busy={state.changing > 0}>
              {filled && <Glance made={made} sources={sources} onSources={setSources} />}
              {made?.cv && (
                <Section id="understood" title={words.understood} hint={frozen ? "" : words.understoodHint}>
                  <Understood made={made} desk={desk} frozen={frozen} />
                </Section>
              )}
              {made?.documents.some((paper) => paper.kind === "job") && (
                <Section
                  id="match"
                  title={made.cv ? words.match : words.kinds.job}
                  hint={made.cv ? words.matchHint : words.matchNoCv}
                >
                  <Match made={made} desk={desk} frozen={frozen} />
                </Section>
              )}
              {made?.documents.some((paper) => paper.kind === "company") && (
                <Section
                  id="company"
                  title={words.company}
                  hint={made.company.length > 0 && !frozen ? words.companyHint : ""}
                >
                  <Company made={made} desk={desk} frozen={frozen} />
                </Section>
              )}
              {filled && (
                <Section
                  id="agenda"
                  title={words.agenda}
                  hint={made.agenda.length > 0 ? words.agendaHint(interview.setup.turns) : ""}
                >
                  <Agenda made={made} lang={interview.setup.language} />
                </Section>
              )}
              {made && !filled && !frozen && <Waiting />}
            </div>
          </AllSources>
        </div>
        {!frozen && <BeginBar id={interview.id} made={made} busy={isReading(state)} />}
        <p role="status" className="sr-only">
          {newsText(state.news, made, words)}
        </p>
      </div>
    </Shell>
  );
}

function Section(props: { id: string; title: string; hint: string; children: ReactNode }) {
  return (
    <section
      id={props.id}
      aria-labelledby={`${props.id}-title`}
      className="scroll-mt-4 rounded-2xl border border-line bg-sheet/70 p-5 shadow-sheet sm:p-7"
    >
      <h2 id={`${props.id}-title`} tabIndex={-1} className="text-2xl outline-none">
        {props.title}
      </h2>
      {props.hint && <p className="mt-1 max-w-2xl text-sm text-soft">{props.hint}</p>}
      <div className="mt-5">{props.children}</div>
    </section>
  );
}

interface GlanceProps {
  made: Preparation;
  sources: boolean;
  onSources: (shown: boolean) => void;
}

/** What there is, in a line, and the way to each part. */
function Glance({ made, sources, onSources }: GlanceProps) {
  const words = useText().prepare;
  const { cv, demands, company, agenda } = made;
  const parts = [
    cv && {
      id: "understood",
      text: words.glance.cv(cv.roles.length, cv.projects.length, cv.skills.length),
    },
    demands.length > 0 && { id: "match", text: words.glance.job(demands.length) },
    company.length > 0 && { id: "company", text: words.glance.company(company.length) },
    agenda.length > 0 && { id: "agenda", text: words.glance.agenda(agenda.length) },
  ].filter((part) => !!part);
  if (parts.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <nav aria-label={words.overview}>
        <ul className="flex flex-wrap gap-x-5 gap-y-1">
          {parts.map((part) => (
            <li key={part.id}>
              <a
                href={`#${part.id}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(part.id)?.scrollIntoView({ block: "start" });
                  document.getElementById(`${part.id}-title`)?.focus({ preventScroll: true });
                }}
                className="inline-flex min-h-8 items-center font-medium underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent"
              >
                {part.text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <label className="flex min-h-8 items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={sources}
          onChange={(event) => onSources(event.target.checked)}
          className="size-4.5 accent-accent"
        />
        {words.sources}
      </label>
    </div>
  );
}

function Waiting() {
  const words = useText().prepare;
  return (
    <div className="tiled relative isolate grid min-h-64 content-center rounded-2xl border border-line px-6 py-14 text-center max-lg:min-h-0 max-lg:py-8">
      <p className="font-serif text-2xl text-balance">{words.empty}</p>
      <p className="mx-auto mt-3 max-w-lg text-soft text-pretty">{words.emptyMore}</p>
    </div>
  );
}

function Begun({ interview }: { interview: Interview }) {
  const words = useText().prepare.begun;
  const over = interview.state === "ended";
  const href = over ? `/interview/${interview.id}` : `/room/${interview.id}`;
  return (
    <div className="mt-5 max-w-3xl">
      <Notice tone="plain" title={words.title} fix={words.fix}>
        <Link href={href} className={buttonClass("primary", "small")}>
          {over ? words.see : words.go}
        </Link>
      </Notice>
    </div>
  );
}

/** The one thing to do next, always at hand. */
function BeginBar({ id, made, busy }: { id: string; made: Preparation | null; busy: boolean }) {
  const words = useText().prepare;
  const bare = made === null || made.documents.length === 0;
  const questions = made?.agenda.length ?? 0;
  return (
    <div
      data-begin-bar
      className="sticky bottom-0 z-10 -mx-5 mt-8 -mb-16 flex flex-wrap items-center justify-end gap-x-5 gap-y-1 border-t border-line bg-paper px-5 py-3 sm:mx-0 sm:rounded-t-2xl sm:border-x sm:bg-sheet sm:shadow-sheet"
    >
      <p className={`text-sm text-soft ${busy ? "" : "max-sm:hidden"}`}>
        {busy ? words.still : questions > 0 ? words.ready(questions) : ""}
      </p>
      <Button
        tone={bare ? "quiet" : "primary"}
        disabled={busy}
        className="max-sm:w-full"
        onClick={() => {
          sound.unlock();
          go(`/room/${id}`);
        }}
      >
        {bare ? words.beginBare : words.begin}
      </Button>
    </div>
  );
}

/** A file that misses its place must not replace the page. */
function useNoStrayDrop(): void {
  useEffect(() => {
    const stay = (event: DragEvent) => event.preventDefault();
    window.addEventListener("dragover", stay);
    window.addEventListener("drop", stay);
    return () => {
      window.removeEventListener("dragover", stay);
      window.removeEventListener("drop", stay);
    };
  }, []);
}

function newsText(news: News | null, made: Preparation | null, words: Text["prepare"]): string {
  if (!news) return "";
  switch (news.what) {
    case "read": {
      if (news.kind === "job") return words.news.job(news.name, made?.demands.length ?? 0);
      if (news.kind === "company") {
        const paper = made?.documents.find((one) => one.kind === "company" && one.name === news.name);
        return words.news.company(news.name, paper?.pages ?? 0);
      }
      const cv = made?.cv;
      return words.news.cv(
        news.name,
        cv?.roles.length ?? 0,
        cv?.projects.length ?? 0,
        cv?.skills.length ?? 0,
      );
    }
    case "edited":
    case "restored":
      return words.news[news.what];
    default:
      return words.news[news.what](news.name);
  }
}
