import type { Cited } from "../../api";
import { clock, useText } from "../../i18n";
import { quoteHash } from "./place";

interface Props {
  quote: Cited;
  lang: string;
  /** An answer given again stands in no transcript. */
  bare?: boolean;
}

/** The candidate's own words; they lead to their place in the transcript. */
export function Quote({ quote, lang, bare }: Props) {
  const { report } = useText();
  const words = (
    <q lang={lang} className="wrap-anywhere">
      {quote.text}
    </q>
  );
  if (bare) return <p className="mt-1 border-l-2 border-line pl-3 text-sm text-soft">{words}</p>;
  return (
    <a
      href={quoteHash(quote)}
      data-quote
      className="mt-1 block border-l-2 border-line py-0.5 pl-3 text-sm hover:border-accent hover:text-accent"
    >
      {words} <Time at={quote.at} />
      <span className="sr-only">, {report.inTranscript(clock(quote.at))}</span>
    </a>
  );
}

function Time({ at }: { at: number }) {
  return (
    <span
      aria-hidden="true"
      className="text-accent tabular-nums underline decoration-line underline-offset-4 whitespace-nowrap"
    >
      {clock(at)}
    </span>
  );
}

/** Only the way to the place, for sentences that hold the words already. */
export function QuoteTime({ quote }: { quote: Cited }) {
  const { report } = useText();
  return (
    <a href={quoteHash(quote)} data-quote className="inline-flex min-h-6 items-center text-sm">
      <Time at={quote.at} />
      <span className="sr-only">{report.inTranscript(clock(quote.at))}</span>
    </a>
  );
}
