import { useCallback, useEffect, useRef, useState } from "react";
import { api, type Opinion } from "../../api";
import { useText } from "../../i18n";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";

const LOOK_EVERY_MS = 1500;

interface Props {
  interview: string;
  /** It has stopped speaking: what it said is in the report now. */
  onGiven: () => void;
}

/** Offers the comments of a model that may judge, and shows how far it is. Nothing where there is none. */
export function AskOpinion({ interview, onGiven }: Props) {
  const words = useText().report.opinion;
  const [opinion, setOpinion] = useState<Opinion | null>(null);
  const [lost, setLost] = useState(false);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState(false);
  /** Answers that come late count for nothing: each look has a number. */
  const look = useRef(0);

  const take = useCallback((call: Promise<Opinion>, quiet = false) => {
    look.current += 1;
    const mine = look.current;
    return call.then(
      (found) => {
        if (mine !== look.current) return;
        setOpinion(found);
        setLost(false);
      },
      () => {
        // Comments are an extra: a report without them is whole, so a fault at first says nothing.
        if (mine === look.current && !quiet) setLost(true);
      },
    );
  }, []);

  useEffect(() => {
    void take(api.opinion(interview), true);
    return () => {
      look.current += 1;
    };
  }, [interview, take]);

  const working = opinion?.state === "working";
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => void take(api.opinion(interview)), LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      setSaid(true);
      onGiven();
    };
  }, [working, interview, onGiven, take]);

  if (!opinion || opinion.state === "none") return null;
  const given = opinion.state === "given";
  if (given && !said) return null;
  const ask = async () => {
    setAsking(true);
    await take(api.askOpinion(interview));
    setAsking(false);
  };
  return (
    <div data-opinion={opinion.state} className="mt-4 max-w-prose">
      {opinion.state === "failed" && <Notice title={words.failed(opinion.model)} fix={words.failedFix} />}
      {lost && <Notice title={words.lost} fix={words.lostFix} />}
      {opinion.state === "offered" && <p className="text-sm text-soft">{words.offer(opinion.model)}</p>}
      {working && <p className="text-sm text-soft">{words.working(opinion.done, opinion.of)}</p>}
      <p role="status" className="text-sm text-soft">
        {given && words.given}
      </p>
      {!given && !working && (
        <Button size="small" className="mt-2" disabled={asking} onClick={() => void ask()}>
          {words.ask}
        </Button>
      )}
    </div>
  );
}
