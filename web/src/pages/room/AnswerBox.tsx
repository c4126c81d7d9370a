import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { number, useLanguage } from "../../i18n";
import { MAX_ANSWER } from "../../live/messages";
import type { Session } from "../../live/session";
import { Button } from "../../ui/Button";

interface Props {
  session: Session;
  lang: string;
  /** The server takes an answer now. Typing is always possible. */
  open: boolean;
  sending: boolean;
  /** An answer that came back; put in front of what has been typed since. */
  returned: string | null;
}

const TELL_FROM = MAX_ANSWER - 2000;

/** Where the candidate answers. Its size never changes; what is typed survives a reload. */
export function AnswerBox({ session, lang, open, sending, returned }: Props) {
  const { language, text } = useLanguage();
  const words = text.room;
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [value, setValue] = useState(() => session.memory.draft);
  const left = MAX_ANSWER - value.length;

  useEffect(() => {
    if (window.matchMedia("(pointer: fine)").matches) box.current?.focus();
  }, []);

  useEffect(() => {
    if (returned === null) return;
    setValue((typed) => {
      const whole = typed ? `${returned}\n${typed}` : returned;
      session.draft(whole);
      return whole;
    });
    session.returnedTaken();
  }, [returned, session]);

  const change = (next: string) => {
    setValue(next);
    session.draft(next);
  };
  const ready = open && value.trim() !== "" && left >= 0;
  const send = () => {
    if (!ready) return;
    session.answer(value.trim());
    session.memory.draft = "";
    setValue("");
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div className="rounded-xl border border-edge bg-sheet shadow-sheet focus-within:border-accent focus-within:outline-2 focus-within:outline-accent">
      <label htmlFor={id} className="sr-only">
        {words.answer}
      </label>
      <textarea
        ref={box}
        id={id}
        lang={lang}
        value={value}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={words.placeholder}
        aria-describedby={`${id}-hint`}
        spellCheck
        enterKeyHint="send"
        className="block h-20 w-full resize-none rounded-t-xl bg-transparent px-4 pt-3 outline-none placeholder:text-soft compact:h-14 sm:h-24"
      />
      <div className="flex items-center justify-between gap-3 pr-2 pb-2 pl-4">
        <p id={`${id}-hint`} className="text-sm text-soft">
          {value.length > TELL_FROM ? (
            <span className={left < 0 ? "font-semibold text-coral" : ""}>
              {words.letters(number(left, language))}
            </span>
          ) : (
            <span className="max-sm:text-xs">{words.sendHint}</span>
          )}
        </p>
        <Button
          tone="primary"
          size="small"
          icon="send"
          aria-disabled={!ready}
          onClick={send}
          className="aria-disabled:opacity-55"
        >
          {sending ? words.sending : words.send}
        </Button>
      </div>
    </div>
  );
}
