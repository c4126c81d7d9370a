import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useText } from "../../i18n";
import { Button } from "../../ui/Button";

interface Props {
  kind: "cv" | "job";
  onText: (file: File) => void;
  onClose: () => void;
}

/** A document without a file: its text, pasted, becomes one. */
export function PasteText({ kind, onText, onClose }: Props) {
  const words = useText().prepare;
  const id = useId();
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onText(new File([text], words.pasted[kind], { type: "text/plain" }));
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <label htmlFor={id} className="text-sm font-semibold">
        {words.pasteLabel[kind]}
      </label>
      <textarea
        ref={box}
        id={id}
        rows={7}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !text) onClose();
        }}
        className="w-full resize-y rounded-lg border border-edge bg-sheet px-3 py-2 text-sm"
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" tone="primary" disabled={!text.trim()}>
          {words.pasteRead}
        </Button>
        <Button size="small" tone="bare" onClick={onClose}>
          {words.pasteClose}
        </Button>
      </div>
    </form>
  );
}
