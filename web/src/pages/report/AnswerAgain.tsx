import { useEffect, useId, useRef, useState } from "react";
import { api, type Practised, type ReportedQuestion, type Trouble, type Turn } from "../../api";
import { day, useLanguage } from "../../i18n";
import { MAX_ANSWER } from "../../live/messages";
import { newId } from "../../live/session";
import { Button, buttonClass } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { TroubleNotice } from "../TroubleNotice";
import { asTrouble } from "../useLoad";
import { Draft } from "./draft";
import { Fold } from "./Fold";
import { Weighed } from "./Weighed";

interface Props {
  interview: string;
  question: ReportedQuestion;
  turns: readonly Turn[];
  practised: readonly Practised[];
  lang: string;
}

/** Answer one question again; what was said then and what is said now stand side by side. */
export function AnswerAgain({ interview, question, turns, practised, lang }: Props) {
  const { text } = useLanguage();
  const words = text.report.again;
  const [added, setAdded] = useState<Practised[]>([]);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const all = [...practised, ...added];
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <div className="mt-6">
      {all.length > 0 && <SideBySide question={question} turns={turns} all={all} lang={lang} />}
      {open ? (
        <Form
          interview={interview}
          question={question}
          lang={lang}
          onClose={close}
          onDone={(one) => {
            setAdded((before) => [...before, one]);
            close();
          }}
        />
      ) : (
        <button
          ref={opener}
          type="button"
          onClick={() => setOpen(true)}
          className={buttonClass("quiet", "small")}
        >
          <Icon name="repeat" className="size-4.5" />
          {words.open}
          <span className="sr-only">: {text.report.question(question.number)}</span>
        </button>
      )}
    </div>
  );
}

interface FormProps {
  interview: string;
  question: ReportedQuestion;
  lang: string;
  onClose: () => void;
  onDone: (one: Practised) => void;
}

function Form({ interview, question, lang, onClose, onDone }: FormProps) {
  const { language, text } = useLanguage();
  const words = text.report.again;
  const name = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft] = useState(() => new Draft(interview, question.id));
  const [id] = useState(newId);
  const [said, setSaid] = useState(draft.text);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => box.current?.focus(), []);

  const send = async () => {
    if (busy || said.trim() === "") return;
    setBusy(true);
    try {
      const made = await api.practise(interview, { id, question: question.id, text: said }, language);
      draft.text = "";
      onDone(made.after);
    } catch (error) {
      setTrouble(asTrouble(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={name} className="text-sm font-semibold">
        {words.label}
      </label>
      <textarea
        id={name}
        ref={box}
        lang={lang}
        rows={6}
        maxLength={MAX_ANSWER}
        value={said}
        aria-describedby={`${name}-hint`}
        onChange={(event) => {
          setSaid(event.target.value);
          draft.text = event.target.value;
        }}
        className="w-full resize-y rounded-lg border border-edge bg-sheet px-4 py-3"
      />
      <p id={`${name}-hint`} className="text-sm text-soft">
        {words.hint}
      </p>
      {trouble && <TroubleNotice trouble={trouble} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" disabled={busy || said.trim() === ""}>
          {busy ? words.sending : words.send}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}

interface SideProps {
  question: ReportedQuestion;
  turns: readonly Turn[];
  all: readonly Practised[];
  lang: string;
}

function SideBySide({ question, turns, all, lang }: SideProps) {
  const { language, text } = useLanguage();
  const words = text.report.again;
  const then = question.turns.map((turn) => turns[turn]?.text ?? "");
  return (
    <div className="mb-4 grid gap-5 border-t border-line pt-5 lg:grid-cols-2" data-side-by-side>
      <Side title={words.before} said={then} question={question} lang={lang} />
      <div className="grid content-start gap-6">
        {[...all].reverse().map((one) => (
          <Side
            key={one.when}
            title={words.now(day(one.when, language))}
            said={[one.text]}
            question={one.result}
            lang={lang}
          />
        ))}
      </div>
    </div>
  );
}

function Side({
  title,
  said,
  question,
  lang,
}: {
  title: string;
  said: string[];
  question: ReportedQuestion;
  lang: string;
}) {
  const { report } = useLanguage().text;
  return (
    <section aria-label={title} className="min-w-0 rounded-lg bg-sheet p-5 shadow-sheet">
      <h4 className="mb-3 font-serif text-lg">{title}</h4>
      <Weighed question={question} lang={lang} again />
      <Fold title={report.again.yourWords}>
        {said.map((text, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns keep their order
          <p key={i} lang={lang} className="mt-2 text-sm whitespace-pre-wrap wrap-anywhere">
            {text}
          </p>
        ))}
      </Fold>
    </section>
  );
}
