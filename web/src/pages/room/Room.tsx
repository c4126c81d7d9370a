import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Interview } from "../../api";
import { interviewerOf } from "../../avatar/choice";
import { Interviewer } from "../../avatar/Interviewer";
import type { Bearing, Gesture } from "../../avatar/types";
import { useText } from "../../i18n";
import { presence } from "../../live/presence";
import type { Session } from "../../live/session";
import { sound } from "../../live/sound";
import { go } from "../../router";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Notice } from "../../ui/Notice";
import { faultWords } from "../TroubleNotice";
import { Announcer } from "./Announcer";
import { AnswerBox } from "./AnswerBox";
import { Captions } from "./Captions";
import { Controls } from "./Controls";
import { QuestionSource } from "./QuestionSource";
import { RoomHeader } from "./RoomHeader";
import { SoundGate } from "./SoundGate";
import { StatusLine } from "./StatusLine";
import { type Shortcut, useShortcuts } from "./shortcuts";
import { overlaid, Transcript } from "./Transcript";
import { trackOf, useBusy, useRoomState, useSentence, useSounding } from "./useSession";
import { useVisible } from "./useVisible";

const BEARINGS: Partial<Record<string, Bearing>> = {
  speaking: "speaking",
  thinking: "thinking",
  queued: "thinking",
  listening: "listening",
};

/** Whoever wrote a letter this recently is still writing. */
const WRITING_MS = 1800;

export function Room({ session, interview }: { session: Session; interview: Interview }) {
  const text = useText();
  const state = useRoomState(session);
  const busy = useBusy(session);
  const sentence = useSentence(session);
  const { running, muted } = useSounding();
  const visible = useVisible();
  const track = useMemo(
    () => trackOf(session, interview.setup.language),
    [session, interview.setup.language],
  );
  const person = useMemo(() => interviewerOf(interview.id), [interview.id]);
  const typed = useRef(Number.NEGATIVE_INFINITY);
  const attends = useCallback(() => performance.now() - typed.current < WRITING_MS, []);
  const [transcript, setTranscript] = useState(false);
  const [finishing, setFinishing] = useState(false);

  const { setup } = interview;
  const exam = setup.mode === "exam";
  const now = presence(state, busy);
  const bearing: Bearing = now === "speaking" && sentence === null ? "resting" : (BEARINGS[now] ?? "resting");
  const gesture: Gesture =
    state.ended !== null ? "goodbye" : state.asked <= 1 && now === "speaking" ? "greeting" : null;
  const asking = now === "listening" || now === "speaking";
  const paused = state.phase === "paused";

  const run = useCallback(
    (shortcut: Shortcut) => {
      switch (shortcut) {
        case "mute":
          return sound.mute(!sound.muted);
        case "transcript":
          return setTranscript((open) => !open && !exam);
        case "finish":
          return setFinishing((open) => !open);
        case "pause":
          return session.command(paused ? "resume" : "pause");
        default:
          if (asking) session.command(shortcut);
      }
    },
    [session, exam, paused, asking],
  );
  useShortcuts(run);
  useLeaveAtEnd(session, interview.id, state.ended !== null && !busy);

  const last = state.lines.at(-1);
  const aside = last?.speaker === "note" && last.text === "moment" ? text.room.momentTaken : null;

  return (
    <div
      data-compact={visible.compact}
      className="fixed inset-x-0 top-0 isolate flex flex-col bg-paper"
      style={{ height: visible.height, transform: visible.top ? `translateY(${visible.top}px)` : undefined }}
    >
      <RoomHeader
        state={state}
        setup={setup}
        transcript={transcript}
        onTranscript={() => run("transcript")}
      />
      <div className="relative flex min-h-0 flex-1">
        <main
          inert={transcript && overlaid()}
          className="tiled relative isolate flex min-h-0 min-w-0 flex-1 flex-col items-center px-3 sm:px-6"
        >
          <div className="relative flex min-h-0 w-full flex-1 items-center justify-center py-1 sm:py-3">
            <div className="h-full max-h-[46rem] w-full max-w-5xl overflow-hidden rounded-2xl border border-line shadow-sheet">
              <Interviewer
                person={person}
                voice={setup.voice}
                track={track}
                gesture={gesture}
                attends={attends}
                mood={state.mood}
                bearing={bearing}
                label={text.room.figure[bearing]}
              />
            </div>
            <SoundGate needed={!running && !muted && state.ended === null && now !== "elsewhere"} />
          </div>
          <StatusLine presence={now} queue={state.queue} aside={aside} />
          <Captions session={session} state={state} language={setup.language} />
          <QuestionSource state={state} />
          <Announcer session={session} lang={setup.language} />
          <section
            aria-label={text.room.answer}
            onInput={() => {
              typed.current = performance.now();
            }}
            className="grid w-full max-w-4xl gap-2 pb-2 sm:gap-3 sm:pb-4"
          >
            {state.fault && (
              <Notice {...faultWords(state.fault, text.trouble)}>
                <Button size="small" onClick={() => session.dismiss()}>
                  {text.trouble.dismiss}
                </Button>
              </Notice>
            )}
            {now === "elsewhere" && (
              <Notice tone="plain" title={text.room.state.elsewhere}>
                <Button size="small" tone="primary" onClick={() => session.here()}>
                  {text.room.continueHere}
                </Button>
              </Notice>
            )}
            {now === "ended" ? (
              <Button tone="primary" onClick={() => go(`/interview/${interview.id}`, "replace")}>
                {text.room.toReport}
              </Button>
            ) : (
              <AnswerBox
                session={session}
                lang={setup.language}
                open={asking || (now === "lost" && state.phase === "listening" && state.pending.length === 0)}
                sending={state.pending.some((sent) => sent.type === "answer")}
                returned={state.returned}
              />
            )}
            <div className="relative">
              <Controls paused={paused} muted={muted} asking={asking} run={run} />
              {finishing && (
                <div className="absolute inset-x-0 bottom-0 z-10">
                  <Confirm
                    question={text.room.finishAsk}
                    yes={text.room.finishYes}
                    no={text.room.finishNo}
                    onYes={() => {
                      setFinishing(false);
                      session.command("finish");
                    }}
                    onNo={() => setFinishing(false)}
                  />
                </div>
              )}
            </div>
          </section>
        </main>
        {transcript && !exam && (
          <Transcript state={state} lang={setup.language} onClose={() => setTranscript(false)} />
        )}
      </div>
    </div>
  );
}

/** When the farewell has been heard, on to the transcript. */
function useLeaveAtEnd(session: Session, id: string, over: boolean): void {
  useEffect(() => {
    if (!over) return;
    const timer = setTimeout(() => {
      session.memory.forget();
      go(`/interview/${id}`, "replace");
    }, 900);
    return () => clearTimeout(timer);
  }, [session, id, over]);
}
