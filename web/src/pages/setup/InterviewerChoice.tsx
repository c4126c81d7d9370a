/** Who interviews: portraits to choose from, or a model of the candidate's own. Loads no 3D library. */

import { type DragEvent, useEffect, useRef, useState } from "react";
import type { Options } from "../../api";
import { OWN } from "../../avatar/choice";
import { BadModel, type ModelFault } from "../../avatar/glb";
import { dropOwn, keepOwn, ownName } from "../../avatar/own";
import { Portrait } from "../../avatar/Portrait";
import { useManifest } from "../../avatar/useManifest";
import { useLanguage } from "../../i18n";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import { type Form, withInterviewer } from "./form";

interface Props {
  form: Form;
  options: Options;
  onChange: (form: Form) => void;
}

export function InterviewerChoice({ form, options, onChange }: Props) {
  const { language, text } = useLanguage();
  const words = text.avatar;
  const people = useManifest()?.people ?? [];
  const own = useOwn();
  const chosen = form.interviewer || people[0]?.id || "";

  // Nobody was chosen yet: the first, with the voice that fits, unless a voice was chosen before.
  useEffect(() => {
    const first = people[0];
    if (form.interviewer || !first) return;
    const voices = Object.keys(form.voices).length > 0 ? {} : first.voices;
    onChange(withInterviewer(form, options, first.id, voices));
  }, [people, form, options, onChange]);

  const take = async (file: File | undefined) => {
    if (file && (await own.take(file))) onChange({ ...form, interviewer: OWN });
  };
  const drop = async () => {
    await own.drop();
    onChange({ ...form, interviewer: "" });
  };
  return (
    <fieldset className="min-w-0" {...dropping((file) => void take(file))}>
      <legend className="mb-1.5 text-sm font-semibold">{words.choose}</legend>
      <div className="grid grid-cols-2 gap-2.5 sm:grid-cols-4">
        {people.map((person) => (
          <Card
            key={person.id}
            name={person.name}
            about={person.about[language]}
            portrait={person.portrait}
            checked={chosen === person.id}
            onChoose={() => onChange(withInterviewer(form, options, person.id, person.voices))}
          />
        ))}
      </div>
      <OwnRow
        name={own.name}
        busy={own.busy}
        checked={chosen === OWN}
        onTake={take}
        onChoose={() => onChange({ ...form, interviewer: OWN })}
        onDrop={drop}
      />
      {own.fault && <Notice title={words.troubles[own.fault]} />}
    </fieldset>
  );
}

interface CardProps {
  name: string;
  about: string;
  portrait: string;
  checked: boolean;
  onChoose: () => void;
}

function Card({ name, about, portrait, checked, onChoose }: CardProps) {
  return (
    <label className="relative overflow-hidden rounded-lg border border-edge/60 bg-sheet transition-colors hover:border-accent has-checked:border-accent has-checked:bg-accent-wash has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name="interviewer"
        checked={checked}
        onChange={onChoose}
        className="absolute inset-0 z-10 cursor-pointer appearance-none outline-none"
      />
      <span className="office block aspect-square">
        <Portrait src={portrait} className="size-full" />
      </span>
      <span className="block px-2.5 py-1.5">
        <span className="block font-semibold">{name}</span>
        <span className="block text-xs leading-snug text-soft">{about}</span>
      </span>
    </label>
  );
}

interface OwnRowProps {
  name: string | null;
  busy: boolean;
  checked: boolean;
  onTake: (file: File | undefined) => void;
  onChoose: () => void;
  onDrop: () => void;
}

/** A face of one's own: a file to choose, or the one that is kept. */
function OwnRow({ name, busy, checked, onTake, onChoose, onDrop }: OwnRowProps) {
  const words = useLanguage().text.avatar;
  const input = useRef<HTMLInputElement>(null);
  return (
    <details className="mt-2" open={checked || undefined}>
      <summary className="w-fit py-1 text-sm text-soft hover:text-accent">{words.own}</summary>
      <div className="flex flex-wrap items-center gap-2 pt-1 pb-2">
        {name && (
          <label className="flex min-h-9 min-w-0 items-center gap-2 text-sm">
            <input
              type="radio"
              name="interviewer"
              checked={checked}
              onChange={onChoose}
              className="size-4 accent-accent"
            />
            <span className="truncate">{name}</span>
          </label>
        )}
        <input
          ref={input}
          type="file"
          accept=".glb,model/gltf-binary"
          aria-label={words.ownTake}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            onTake(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <Button size="small" disabled={busy} onClick={() => input.current?.click()}>
          {busy ? words.ownBusy : words.ownTake}
        </Button>
        {name && (
          <Button size="small" tone="bare" icon="trash" onClick={onDrop}>
            {words.ownDrop}
          </Button>
        )}
      </div>
      <p className="text-xs text-soft">{words.ownHint}</p>
    </details>
  );
}

function dropping(take: (file: File | undefined) => void) {
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    },
  };
}

/** The kept model: its name, taking another, dropping it, and what was wrong with the last file. */
function useOwn() {
  const [name, setName] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ModelFault | null>(null);
  useEffect(() => {
    void ownName().then(setName);
  }, []);
  const take = async (file: File): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    try {
      await keepOwn(file);
      setName(file.name);
      return true;
    } catch (error) {
      setFault(error instanceof BadModel ? error.fault : "unusable");
      return false;
    } finally {
      setBusy(false);
    }
  };
  const drop = async () => {
    await dropOwn();
    setName(null);
    setFault(null);
  };
  return { name, busy, fault, take, drop };
}
