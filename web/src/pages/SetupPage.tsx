import { useEffect, useState } from "react";
import { api, type Trouble } from "../api";
import { personOf } from "../avatar/manifest";
import { Portrait } from "../avatar/Portrait";
import { useManifest } from "../avatar/useManifest";
import { warm, whenIdle } from "../avatar/warm";
import { useLanguage } from "../i18n";
import { Link } from "../router";
import { Button } from "../ui/Button";
import { beginWith } from "./begin";
import { Shell } from "./Shell";
import { load } from "./setup/form";
import { SetupForm } from "./setup/SetupForm";
import { TroubleNotice } from "./TroubleNotice";
import { asTrouble, useLoad } from "./useLoad";
import { useTitle } from "./useTitle";

export function SetupPage() {
  const { language: page, text } = useLanguage();
  const words = text.setup;
  const [form, setForm] = useState(() => load(page));
  const options = useLoad(() => api.options(form.language), form.language);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  useTitle("");
  useEffect(() => whenIdle(() => warm(form.interviewer)), [form.interviewer]);

  const sample = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await beginWith(() => api.sample(form.language, page));
    } catch (error) {
      setTrouble(asTrouble(error));
      setBusy(false);
    }
  };

  return (
    <Shell here="setup">
      <div className="grid flex-1 gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <div className="relative lg:py-8">
          <h1 data-page-heading tabIndex={-1} className="max-w-xl text-3xl outline-none lg:text-4xl">
            {words.title}
          </h1>
          <p className="mt-4 max-w-md text-lg text-soft">{words.lead}</p>
          <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button onClick={sample} disabled={busy}>
              {words.tryNow}
            </Button>
            <span className="text-sm text-soft">{words.tryHint}</span>
          </div>
          {trouble && (
            <div className="mt-4">
              <TroubleNotice trouble={trouble} />
            </div>
          )}
          <Shown id={form.interviewer} />
        </div>
        <section aria-label={words.talk} className="lg:py-3">
          <div className="rounded-2xl border border-line bg-sheet/70 p-5 shadow-sheet sm:p-7">
            {options.data ? (
              <SetupForm form={form} options={options.data} onChange={setForm} />
            ) : options.trouble ? (
              <TroubleNotice trouble={options.trouble} onRetry={options.reload} />
            ) : (
              <div className="min-h-[34rem]" aria-busy="true" />
            )}
          </div>
          <p className="mt-4 text-sm text-soft">
            {words.private}
            {options.data?.engine ? ` ${words.wordedBy(options.data.engine)}` : ""}{" "}
            <Link
              href="/lab/lipsync"
              className="underline decoration-line underline-offset-4 hover:text-accent"
            >
              {text.lab.title}
            </Link>
          </p>
        </section>
      </div>
    </Shell>
  );
}

/** The chosen interviewer, waiting. Decorative: the form says who it is. */
function Shown({ id }: { id: string }) {
  const people = useManifest();
  const person = people && personOf(people.people, id);
  return (
    <div
      aria-hidden="true"
      className="office mt-10 hidden aspect-[5/4] w-full max-w-md overflow-hidden rounded-2xl border border-line shadow-sheet lg:block"
    >
      {person && <Portrait src={person.portrait} className="size-full" />}
    </div>
  );
}
