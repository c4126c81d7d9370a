/** The lip-sync lab: one sentence, one face, two ways to move its mouth, and what came of each. */

import { useEffect, useState } from "react";
import { Interviewer } from "../avatar/Interviewer";
import type { LipSource } from "../avatar/types";
import { useManifest } from "../avatar/useManifest";
import type { Weights } from "../avatar/visemes";
import { number, useLanguage } from "../i18n";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { Segmented } from "../ui/Segmented";
import { Select } from "../ui/Select";
import {
  byFrame,
  contacts,
  correlation,
  course,
  envelope,
  type Recording,
  vowelEnvelope,
} from "./lab/measure";
import { Plot } from "./lab/Plot";
import type { Heard } from "./lab/samples";
import { useLab } from "./lab/useLab";
import { Shell } from "./Shell";
import { useTitle } from "./useTitle";

const SOURCES: LipSource[] = ["timeline", "energy"];
const NO_TABLE: Readonly<Record<string, Weights>> = {};

export function LabPage() {
  const { language, text } = useLanguage();
  const { lab: words } = text;
  const lab = useLab(language);
  const people = useManifest();
  const [person, setPerson] = useState("");
  useTitle(words.title);
  const table = people?.visemes ?? NO_TABLE;
  return (
    <Shell>
      <h1 data-page-heading tabIndex={-1} className="text-2xl outline-none">
        {words.title}
      </h1>
      <p className="mt-2 max-w-2xl text-soft">{words.lead}</p>
      <div className="mt-6 grid gap-8 lg:grid-cols-[22rem_1fr]">
        <div className="aspect-square w-full max-w-[22rem] overflow-hidden rounded-2xl border border-line shadow-sheet">
          <Interviewer
            person={person}
            track={lab.desk}
            mood={lab.scene.mood}
            bearing={lab.playing ? "speaking" : lab.scene.bearing}
            lips={lab.lips}
            label={words.face}
            onFrame={lab.onFrame}
          />
        </div>
        <div className="grid content-start gap-5">
          <Sentences lab={lab} />
          <div className="grid gap-5 sm:grid-cols-2">
            <Segmented
              legend={words.lips}
              value={lab.lips}
              options={SOURCES.map((value) => ({ value, label: words.sources[value] }))}
              onChange={lab.setLips}
            />
            <Select label={text.avatar.title} value={person} onChange={setPerson}>
              {(people?.people ?? []).map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </Select>
          </div>
          <div>
            <Button
              tone="primary"
              icon={lab.playing ? "pause" : "resume"}
              disabled={!lab.heard}
              onClick={lab.playing ? lab.stop : () => void lab.play()}
            >
              {lab.playing ? words.stop : words.play}
            </Button>
          </div>
          {lab.heard && <Figures heard={lab.heard} drawn={lab.drawn} table={table} />}
        </div>
      </div>
      {lab.heard && (
        <section className="mt-8 rounded-2xl border border-line bg-sheet/70 p-5 shadow-sheet">
          <Plot heard={lab.heard} table={table} drawn={lab.drawn} />
        </section>
      )}
    </Shell>
  );
}

type Lab = ReturnType<typeof useLab>;

function Sentences({ lab }: { lab: Lab }) {
  const words = useLanguage().text.lab;
  return (
    <>
      <Select label={words.sentence} value={lab.heard?.sample.id ?? ""} onChange={lab.choose}>
        {lab.samples.map((sample) => (
          <option key={sample.id} value={sample.id} lang={sample.language}>
            {sample.text}
          </option>
        ))}
        {lab.heard?.sample.id === "own" && <option value="own">{lab.heard.sample.text}</option>}
      </Select>
      <label className="block text-sm">
        <span className="font-semibold">{words.ownSound}</span>{" "}
        <span className="text-soft">{words.ownSoundHint}</span>
        <input
          type="file"
          accept="audio/*"
          className="mt-1.5 block text-sm file:mr-3 file:rounded-md file:border file:border-edge/60 file:bg-sheet file:px-3 file:py-1.5"
          onChange={(event) => lab.take(event.target.files?.[0])}
        />
      </label>
      {lab.trouble && <Notice title={words[lab.trouble]} />}
    </>
  );
}

interface FiguresProps {
  heard: Heard;
  drawn: Lab["drawn"];
  table: Readonly<Record<string, Weights>>;
}

function Figures({ heard, drawn, table }: FiguresProps) {
  const words = useLanguage().text.lab;
  return (
    <dl className="grid grid-cols-[1fr_5.5rem_5.5rem] gap-x-3 gap-y-1 text-sm">
      <dt className="font-semibold">{words.figures}</dt>
      {SOURCES.map((source) => (
        <dd key={source} className="text-right font-semibold">
          {words.sources[source]}
        </dd>
      ))}
      <dt className="text-soft">{words.jawTimeline}</dt>
      {SOURCES.map((source) => (
        <Correlation key={source} heard={heard} of={drawn[source]} />
      ))}
      <dt className="text-soft">{words.closures}</dt>
      {SOURCES.map((source) => (
        <Contacts key={source} heard={heard} of={drawn[source]} table={table} />
      ))}
    </dl>
  );
}

/** A correlation over fewer says nothing. */
const LEAST_FRAMES = 10;
const CELL = "text-right tabular-nums";

function Correlation({ heard, of }: { heard: Heard; of: Recording | null }) {
  const { language } = useLanguage();
  const [value, setValue] = useState(Number.NaN);
  useEffect(() => {
    if (!of || of.frames < LEAST_FRAMES) return setValue(Number.NaN);
    const { buffer, sentence } = heard;
    const vowels = vowelEnvelope(envelope(buffer.getChannelData(0), buffer.sampleRate), sentence.phonemes);
    setValue(correlation(course(of, "jawOpen"), byFrame(of, vowels)));
  }, [heard, of]);
  return <dd className={CELL}>{Number.isNaN(value) ? "–" : number(value, language, 2)}</dd>;
}

function Contacts({
  heard,
  of,
  table,
}: {
  heard: Heard;
  of: Recording | null;
  table: FiguresProps["table"];
}) {
  if (!of || heard.sentence.visemes.length === 0) return <dd className={CELL}>–</dd>;
  const { all, shown } = contacts(of, heard.sentence, table);
  return <dd className={CELL}>{`${shown}/${all}`}</dd>;
}
