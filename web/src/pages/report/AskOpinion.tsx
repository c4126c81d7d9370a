import { useEffect, useState } from "react";
import { api, type Opinion } from "../../api";
import { useText } from "../../i18n";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";

const LOOK_EVERY_MS = 1500;

interface Props {
  interview: string;
  /** It has spoken: its comments are in the report now. */
  onGiven: () => void;
}

/** Offers the comments of a model that may judge, and shows how far it is. Nothing where there is none. */
export function AskOpinion({ interview, onGiven }: Props) {
  const words = useText().report.opinion;
  const [opinion, setOpinion] = useState<Opinion | null>(null);
  const [lost, setLost] = useState(false);

  useEffect(() => {
    let gone = false;
    // Comments are an extra: a report without them is whole, so a fault here says nothing.
    api.opinion(interview).then(
      (found) => !gone && setOpinion(found),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [interview]);

  const working = opinion?.state === "working";
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => {
      api.opinion(interview).then(
        (found) => {
          setOpinion(found);
          setLost(false);
          if (found.state === "given") onGiven();
        },
        () => setLost(true),
      );
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [working, interview, onGiven]);

  if (!opinion || opinion.state === "none" || opinion.state === "given") return null;
  const ask = () => {
    setLost(false);
    api.askOpinion(interview).then(
      (begun) => {
        setOpinion(begun);
        if (begun.state === "given") onGiven();
      },
      () => setLost(true),
    );
  };
  const failed = opinion.state === "failed" || lost;
  return (
    <div data-opinion={opinion.state} className="mt-4 max-w-prose" aria-live="polite">
      {failed && <Notice title={words.failed(opinion.model)} fix={words.failedFix} />}
      {working && !lost && <p className="text-sm text-soft">{words.working(opinion.done, opinion.of)}</p>}
      {opinion.state === "offered" && <p className="text-sm text-soft">{words.offer(opinion.model)}</p>}
      {(!working || lost) && (
        <Button size="small" className="mt-2" onClick={ask}>
          {words.ask}
        </Button>
      )}
    </div>
  );
}
