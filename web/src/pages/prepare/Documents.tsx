import { useId } from "react";
import type { DocumentRole, Preparation } from "../../api";
import { useLanguage } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Notice } from "../../ui/Notice";
import { faultWords } from "../TroubleNotice";
import { DropZone } from "./DropZone";
import type { Reading } from "./state";
import type { Desk } from "./usePreparation";
import { noteTexts, privateTexts } from "./words";

const KINDS: DocumentRole[] = ["cv", "job", "company"];
type Paper = Preparation["documents"][number];

/** The three places for documents, what lies there, what is on its way, and what was refused. */
export function Documents({ desk, frozen }: { desk: Desk; frozen: boolean }) {
  const words = useLanguage().text.prepare;
  return (
    <section
      aria-label={words.documents}
      className="-m-2 grid content-start gap-4 p-2 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-7rem)] lg:overflow-y-auto"
    >
      {KINDS.map((kind) => (
        <Place key={kind} kind={kind} desk={desk} frozen={frozen} />
      ))}
    </section>
  );
}

/** What had the focus goes away: it moves to the place's first button. */
function refocus(from: HTMLElement): void {
  from.closest("[data-place]")?.querySelector<HTMLElement>("[data-drop] button")?.focus();
}

function Place({ kind, desk, frozen }: { kind: DocumentRole; desk: Desk; frozen: boolean }) {
  const words = useLanguage().text.prepare;
  const id = useId();
  const { made, readings } = desk.state;
  const papers = made?.documents.filter((paper) => paper.kind === kind) ?? [];
  const here = readings.filter((reading) => reading.kind === kind);
  if (frozen && papers.length === 0) return null;
  const seen = kind === "cv" && made?.cv ? privateTexts(made.cv.private, words) : [];
  return (
    <div data-place={kind} className="rounded-2xl border border-line bg-sheet/70 p-4 shadow-sheet">
      <h2 id={id} className="text-lg">
        {words.kinds[kind]}
      </h2>
      {papers.length === 0 && here.length === 0 && (
        <p className="mt-0.5 text-sm text-soft">{words.kindHints[kind]}</p>
      )}
      {papers.length > 0 && (
        <ul className="mt-2 grid gap-2">
          {papers.map((paper) => (
            <Row key={paper.id} paper={paper} seen={seen} desk={desk} frozen={frozen} />
          ))}
        </ul>
      )}
      {here.map((reading) => (
        <OnItsWay key={reading.id} reading={reading} onDismiss={() => desk.dismiss(reading.id)} />
      ))}
      {!frozen && (
        <div className="mt-3">
          <DropZone
            kind={kind}
            filled={papers.length > 0}
            labelledBy={id}
            onFiles={(files) => desk.handIn(kind, files)}
          />
        </div>
      )}
    </div>
  );
}

interface RowProps {
  paper: Paper;
  /** Protected facts that were seen in it. */
  seen: string[];
  desk: Desk;
  frozen: boolean;
}

function Row({ paper, seen, desk, frozen }: RowProps) {
  const words = useLanguage().text.prepare;
  const facts = [
    words.formats[paper.format] ?? paper.format,
    words.pages(paper.pages),
    words.languages[paper.language],
  ];
  const notes = noteTexts(paper.notes, words);
  return (
    <li>
      <div className="flex items-start gap-2.5">
        <Icon name="file" className="mt-1 size-5 text-accent" />
        <div className="min-w-0 flex-1">
          <p className="font-semibold wrap-anywhere">{paper.name}</p>
          <p className="text-sm text-soft">{facts.join(" · ")}</p>
        </div>
        {!frozen && (
          <button
            type="button"
            aria-label={`${words.remove}: ${paper.name}`}
            title={words.remove}
            onClick={(event) => {
              desk.remove(paper.id, paper.name);
              refocus(event.currentTarget);
            }}
            className="-mt-1 -mr-1 grid size-10 shrink-0 place-items-center rounded-lg text-soft hover:bg-coral-wash hover:text-coral"
          >
            <Icon name="trash" />
          </button>
        )}
      </div>
      {notes.length + seen.length > 0 && (
        <ul className="mt-2 grid gap-1.5 border-l-3 border-coral/60 pl-3 text-sm">
          {notes.map((note) => (
            <li key={note} className="wrap-anywhere">
              {note}
            </li>
          ))}
          {seen.length > 0 && (
            <li>
              {words.privateSeen} {seen.join(", ")}.
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function OnItsWay({ reading, onDismiss }: { reading: Reading; onDismiss: () => void }) {
  const { text, language } = useLanguage();
  const words = text.prepare;
  if (reading.trouble) {
    // The server's own sentence knows more, and is English.
    const said = language === "en" && reading.trouble.message && reading.trouble.code !== "too_large";
    const { title, fix } =
      reading.trouble.code === "unreachable"
        ? { title: text.trouble.unreachable, fix: text.trouble.unreachableFix }
        : reading.trouble.code === "interview"
          ? words.begun
          : said
            ? { title: reading.trouble.message, fix: reading.trouble.fix }
            : faultWords(reading.trouble, text.trouble);
    return (
      <div className="mt-3">
        <Notice title={said ? title : `${reading.name}: ${title}`} fix={fix}>
          <Button
            size="small"
            onClick={(event) => {
              refocus(event.currentTarget);
              onDismiss();
            }}
          >
            {words.dismiss}
          </Button>
        </Notice>
      </div>
    );
  }
  const waits = reading.state === "waiting";
  return (
    <div className="mt-3 flex items-start gap-2.5">
      <Icon name="file" className="mt-1 size-5 text-soft" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold wrap-anywhere">{reading.name}</p>
        <p className="text-sm text-soft">{waits ? words.waiting : words.reading}</p>
        {!waits && (
          <div role="progressbar" aria-label={words.news.reading(reading.name)} className="reading-bar" />
        )}
      </div>
    </div>
  );
}
