import { useEffect } from "react";
import type { Trouble } from "../api";
import { useText } from "../i18n";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";

const RETRY_MS = 4000;

/** A fault in the page's words where it knows it, else in the server's. An absent server is asked again. */
export function TroubleNotice({ trouble, onRetry }: { trouble: Trouble; onRetry?: () => void }) {
  const text = useText();
  const unreachable = trouble.code === "unreachable";
  useEffect(() => {
    if (!unreachable || !onRetry) return;
    const timer = setInterval(onRetry, RETRY_MS);
    return () => clearInterval(timer);
  }, [unreachable, onRetry]);

  const { title, fix } = wordsOf(trouble, text.trouble);
  return (
    <Notice title={title} fix={fix}>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {text.trouble.again}
        </Button>
      )}
    </Notice>
  );
}

type Words = ReturnType<typeof useText>["trouble"];

/** A fault's sentence and its fix in the page's language, where it knows the code. */
export function faultWords(fault: { code: string; message: string; fix: string }, words: Words) {
  const known: Record<string, { title: string; fix: string } | undefined> = words.known;
  return known[fault.code] ?? { title: fault.message || words.error, fix: fault.fix || words.errorFix };
}

function wordsOf(trouble: Trouble, words: Words) {
  if (trouble.code === "unreachable") return { title: words.unreachable, fix: words.unreachableFix };
  if (trouble.status === 404) return { title: words.not_found, fix: words.not_foundFix };
  return faultWords(trouble, words);
}
