import { useEffect, useRef } from "react";
import { Button } from "./Button";

interface Props {
  question: string;
  yes: string;
  no: string;
  busy?: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** A question in its place, not over the page. The safe answer has the focus; Escape gives it. */
export function Confirm({ question, yes, no, busy, onYes, onNo }: Props) {
  const safe = useRef<HTMLDivElement>(null);
  useEffect(() => safe.current?.querySelector<HTMLButtonElement>("[data-safe]")?.focus(), []);
  return (
    <div
      ref={safe}
      role="alertdialog"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onNo();
      }}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-coral/50 bg-coral-wash px-4 py-2.5"
    >
      <p className="min-w-48 flex-1 text-sm font-medium">{question}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" tone="warning" disabled={busy} onClick={onYes}>
          {yes}
        </Button>
        <Button size="small" data-safe onClick={onNo}>
          {no}
        </Button>
      </div>
    </div>
  );
}
