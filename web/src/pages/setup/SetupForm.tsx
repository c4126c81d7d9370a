import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { api, type Kind, type Language, type Level, type Options, type Trouble } from "../../api";
import { fold, number, useLanguage } from "../../i18n";
import { Button } from "../../ui/Button";
import { Combobox } from "../../ui/Combobox";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { Slider } from "../../ui/Slider";
import { Stepper } from "../../ui/Stepper";
import { beginWith } from "../begin";
import { TroubleNotice } from "../TroubleNotice";
import { asTrouble } from "../useLoad";
import { type Form, FREE_TEXT, LIMITS, save, toSetup, translate, voiceOf, voicesFor } from "./form";
import { InterviewerChoice } from "./InterviewerChoice";
import { ModeChoice } from "./ModeChoice";

const LEVELS: Level[] = ["junior", "mid", "senior"];
const KINDS: Kind[] = ["mixed", "behavioural", "technical"];
const LENGTHS = ["turns", "minutes"] as const;
const TONGUES = [
  { value: "tr" as Language, label: "Türkçe", lang: "tr" },
  { value: "en" as Language, label: "English", lang: "en" },
];

interface Props {
  form: Form;
  options: Options;
  onChange: (form: Form) => void;
}

export function SetupForm({ form, options, onChange }: Props) {
  const { language: page, text } = useLanguage();
  const words = text.setup;
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const set = (change: Partial<Form>) => onChange({ ...form, ...change });
  const foldHere = useCallback((value: string) => fold(value, form.language), [form.language]);
  useFollowLanguage(form, options, onChange);

  const field = options.fields.find((option) => option.name === form.field);
  const roles = field?.roles ?? [...new Set(options.fields.flatMap((option) => option.roles))];
  const voices = voicesFor(options, form.language);
  const voice = voices.find((option) => option.id === voiceOf(form, options));
  const missing = {
    field: tried && !form.field.trim() ? words.missing.field : undefined,
    role: tried && !form.role.trim() ? words.missing.role : undefined,
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void start("room");
  };
  const start = async (to: "room" | "prepare") => {
    setTried(true);
    if (!form.field.trim() || !form.role.trim()) {
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    save(form);
    setBusy(true);
    setTrouble(null);
    try {
      await beginWith(() => api.create(toSetup(form, options, page)), form.interviewer, to);
    } catch (error) {
      setTrouble(asTrouble(error));
      setBusy(false);
    }
  };

  const shared = { fold: foldHere, showLabel: words.showOptions, countLabel: words.suggestions };
  const limits = LIMITS[form.lengthBy];
  return (
    <form ref={element} onSubmit={submit} noValidate className="grid gap-x-5 gap-y-5 sm:grid-cols-2">
      <h2 className="sr-only">{words.talk}</h2>
      <div className="sm:col-span-2">
        <Segmented
          legend={words.language}
          value={form.language}
          options={TONGUES}
          onChange={(language) => set({ language })}
        />
      </div>
      <Combobox
        {...shared}
        label={words.field}
        hint={words.fieldHint}
        lang={form.language}
        maxLength={FREE_TEXT}
        value={form.field}
        options={options.fields.map((option) => option.name)}
        onChange={(value) => set({ field: value })}
        error={missing.field}
      />
      <Combobox
        {...shared}
        label={words.role}
        hint={words.roleHint}
        lang={form.language}
        maxLength={FREE_TEXT}
        value={form.role}
        options={roles}
        onChange={(role) => set({ role })}
        error={missing.role}
      />
      <Segmented
        legend={words.level}
        value={form.level}
        options={LEVELS.map((value) => ({ value, label: words.levels[value] }))}
        onChange={(level) => set({ level })}
      />
      <Segmented
        legend={words.kind}
        value={form.kind}
        options={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={(kind) => set({ kind })}
      />
      <div className="grid items-end gap-x-5 gap-y-2 sm:col-span-2 sm:grid-cols-2">
        <Segmented
          legend={words.length}
          value={form.lengthBy}
          options={LENGTHS.map((value) => ({ value, label: words.lengthBy[value] }))}
          onChange={(lengthBy) => set({ lengthBy })}
        />
        <Stepper
          label={words.lengthBy[form.lengthBy]}
          value={form[form.lengthBy]}
          {...limits}
          onChange={(value) => set({ [form.lengthBy]: value })}
          unit={words.lengthUnit[form.lengthBy]}
          lessLabel={words.fewer}
          moreLabel={words.more}
        />
      </div>
      <div className="sm:col-span-2">
        <InterviewerChoice form={form} options={options} onChange={onChange} />
      </div>
      {voices.length > 0 ? (
        <Select
          label={words.voice}
          value={voice?.id ?? ""}
          onChange={(id) => set({ voices: { ...form.voices, [form.language]: id } })}
        >
          {voices.map((option) => (
            <option key={option.id} value={option.id}>
              {option.cloud ? `${option.label} (${words.cloud})` : option.label}
            </option>
          ))}
        </Select>
      ) : (
        <p className="self-center text-sm text-soft">{words.noVoice}</p>
      )}
      <Slider
        label={words.speed}
        value={form.speed}
        min={0.7}
        max={1.4}
        step={0.05}
        onChange={(speed) => set({ speed })}
        shown={words.speedValue(number(form.speed, page, 2))}
      />
      {voice?.cloud && <p className="text-sm text-coral sm:col-span-2">{words.cloudWarning}</p>}
      <div className="sm:col-span-2">
        <ModeChoice value={form.mode} onChange={(mode) => set({ mode })} />
      </div>
      {trouble && (
        <div className="sm:col-span-2">
          <TroubleNotice trouble={trouble} />
        </div>
      )}
      <Button type="submit" tone="primary" size="large" disabled={busy} className="sm:col-span-2">
        {busy ? words.beginning : words.begin}
      </Button>
      <div className="grid gap-1.5 text-center sm:col-span-2">
        <Button disabled={busy} onClick={() => start("prepare")}>
          {words.prepare}
        </Button>
        <p className="text-sm text-soft">{words.prepareHint}</p>
      </div>
    </form>
  );
}

/** When the interview's language changes, choices from the old list become those of the new one. */
function useFollowLanguage(form: Form, options: Options, onChange: (form: Form) => void): void {
  const before = useRef(options);
  useEffect(() => {
    if (before.current === options) return;
    const next = translate(form, before.current, options);
    before.current = options;
    if (next !== form) onChange(next);
  }, [options, form, onChange]);
}
