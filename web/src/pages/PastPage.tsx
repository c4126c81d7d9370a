import { useState } from "react";
import { api, type InterviewLine, type Trouble } from "../api";
import { clock, day, useLanguage } from "../i18n";
import { Link } from "../router";
import { Button, buttonClass } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { Icon } from "../ui/icons";
import { Mark } from "./Mark";
import { Shell } from "./Shell";
import { TroubleNotice } from "./TroubleNotice";
import { asTrouble, useLoad } from "./useLoad";
import { useTitle } from "./useTitle";

export function PastPage() {
  const { text } = useLanguage();
  const words = text.past;
  const { data, trouble, reload } = useLoad(api.list, "past");
  const [asking, setAsking] = useState<string | null>(null);
  const [failed, setFailed] = useState<Trouble | null>(null);
  useTitle(words.title);

  const remove = async (call: () => Promise<unknown>) => {
    setAsking(null);
    try {
      await call();
      setFailed(null);
    } catch (error) {
      setFailed(asTrouble(error));
    }
    reload();
  };
  const shown = trouble ?? failed;

  return (
    <Shell here="past">
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col pt-4 lg:pt-8">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 data-page-heading tabIndex={-1} className="text-3xl outline-none">
              {words.title}
            </h1>
            <p className="mt-1 text-soft">{words.lead}</p>
            {data?.some((line) => line.state === "ended") && (
              <Link
                href="/progress"
                className="mt-1 inline-flex min-h-9 items-center text-sm font-medium text-accent underline-offset-4 hover:underline"
              >
                {text.report.progress.link}
              </Link>
            )}
          </div>
          {data && data.length > 0 && asking !== "all" && (
            <Button tone="bare" size="small" icon="trash" onClick={() => setAsking("all")}>
              {words.removeAll}
            </Button>
          )}
        </div>
        {asking === "all" && data && (
          <div className="mt-4">
            <Confirm
              question={words.removeAllAsk(data.length)}
              yes={words.removeYes}
              no={words.removeNo}
              onYes={() => remove(api.removeAll)}
              onNo={() => setAsking(null)}
            />
          </div>
        )}
        {shown && (
          <div className="mt-6">
            <TroubleNotice trouble={shown} onRetry={reload} />
          </div>
        )}
        {data && data.length > 0 && (
          <ul className="mt-8 border-t border-line">
            {data.map((line) => (
              <Row
                key={line.id}
                line={line}
                asking={asking === line.id}
                onAsk={(ask) => setAsking(ask ? line.id : null)}
                onRemove={() => remove(() => api.remove(line.id))}
              />
            ))}
          </ul>
        )}
        {data && data.length === 0 && !shown && <Empty />}
      </div>
    </Shell>
  );
}

interface RowProps {
  line: InterviewLine;
  asking: boolean;
  onAsk: (ask: boolean) => void;
  onRemove: () => void;
}

function Row({ line, asking, onAsk, onRemove }: RowProps) {
  const { language, text } = useLanguage();
  const words = text.past;
  const open = line.state !== "ended";
  const href = open ? `/room/${line.id}` : `/interview/${line.id}`;
  const facts = [
    day(line.created, language),
    line.field_name,
    text.setup.levels[line.level],
    text.end.answers(line.answers),
    clock(line.elapsed_s),
  ];
  return (
    <li className="border-b border-line py-3">
      <div className="flex items-center gap-2">
        <Link href={href} className="group -mx-3 flex min-w-0 flex-1 items-center gap-4 rounded-lg px-3 py-2">
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-baseline gap-x-3">
              <span
                lang={line.language}
                className="font-serif text-xl font-medium group-hover:text-accent wrap-anywhere"
              >
                {line.role}
              </span>
              {open && <span className="text-sm font-semibold text-coral">{words.unfinished}</span>}
              {line.mode === "exam" && <span className="text-sm text-soft">{words.exam}</span>}
            </span>
            <span className="block text-sm text-soft">{facts.join(" · ")}</span>
          </span>
          <span className="hidden text-sm font-medium text-accent sm:inline">
            {open ? words.continue : words.open}
          </span>
        </Link>
        <button
          type="button"
          aria-label={words.remove(line.role)}
          title={words.remove(line.role)}
          onClick={() => onAsk(!asking)}
          className="grid size-11 place-items-center rounded-lg text-soft hover:bg-coral-wash hover:text-coral"
        >
          <Icon name="trash" />
        </button>
      </div>
      {asking && (
        <div className="mt-2">
          <Confirm
            question={words.removeAsk}
            yes={words.removeYes}
            no={words.removeNo}
            onYes={onRemove}
            onNo={() => onAsk(false)}
          />
        </div>
      )}
    </li>
  );
}

function Empty() {
  const { past } = useLanguage().text;
  return (
    <div className="tiled relative isolate m-auto w-full py-20 text-center">
      <Mark className="mx-auto size-16" />
      <p className="mt-6 font-serif text-2xl">{past.empty}</p>
      <p className="mt-1 mb-7 text-soft">{past.emptyLead}</p>
      <Link href="/" className={buttonClass("primary")}>
        {past.begin}
      </Link>
    </div>
  );
}
