"""The plain values that travel between rooms. No behaviour beyond what a value knows of itself.

Does not: validate input from outside (`server.schemas`), store anything (`store`), or import
any other room.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

Language = Literal["en", "tr"]
Level = Literal["junior", "mid", "senior"]
Kind = Literal["behavioural", "technical", "mixed"]
Mode = Literal["practice", "exam"]
Speaker = Literal["interviewer", "candidate"]
Mood = Literal["neutral", "warm", "serious", "encouraging", "calming"]

LANGUAGES: tuple[Language, ...] = ("en", "tr")


class MoveName(StrEnum):
    """What the interviewer does next. Chosen by `interview.director`, worded by `phrasing`."""

    OPENING = "opening"  # greet and ask the first question
    PROBE = "probe"  # follow up on something that was said
    EXAMPLE = "example"  # ask for one concrete example
    MORE = "more"  # the answer was short or could not be read: ask for more
    CLARIFY = "clarify"  # ask what was meant
    CHALLENGE = "challenge"  # put a point politely to the test
    REDIRECT = "redirect"  # lead back to the question
    REASSURE = "reassure"  # calm, then ask again
    REPEAT = "repeat"  # say the question once more
    MOVE_ON = "move_on"  # next question of the agenda
    CLOSE = "close"  # the last question: anything to add
    FAREWELL = "farewell"  # goodbye; asks nothing


class SpanKind(StrEnum):
    NAME = "name"  # a proper name, product, method, acronym
    FIGURE = "figure"  # a number with what it counts
    PHRASE = "phrase"  # a noun phrase


@dataclass(frozen=True, slots=True)
class Span:
    """A literal piece of an answer or a document that a question may name.

    `start` and `end` are character offsets into the source text.
    """

    text: str
    kind: SpanKind
    start: int
    end: int
    source: str = "answer"  # "answer", or a document's id


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a handed-in document something stands: lines `line` to `last` of a page, all from 1.

    `document` is the document's id, `name` the file's; a page of 0 is the candidate's own correction.
    """

    document: str
    name: str
    page: int
    line: int
    last: int


@dataclass(frozen=True, slots=True)
class Grounded:
    """A main question about something that stands in the CV, the job description or the company's papers.

    id          stable over repeated preparation of the same documents
    about       "project", "result", "role", "skill", "covered", "thin", "missing", "duty", "value",
                "offering", "aim" or "rule"
    kind        "behavioural" or "technical"
    texts       the whole question by language; what it names is literal
    spans       the literal pieces it names; offsets into their document's text
    places      where they stand, in the order of `spans`
    good        what a good answer holds, by language
    follow_ups  (aspect, text by language); they name nothing and stand by themselves
    """

    id: str
    about: str
    kind: str
    texts: dict[Language, str]
    spans: tuple[Span, ...]
    places: tuple[Place, ...]
    good: dict[Language, tuple[str, ...]]
    follow_ups: tuple[tuple[str, dict[Language, str]], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of one answer without a language model; the same every time."""

    words: int
    short: bool = False
    silent: bool = False
    gibberish: bool = False
    off_topic: bool = False
    repeated: bool = False
    hostile: bool = False
    injection: bool = False
    asks_answer: bool = False
    asks_repeat: bool = False
    protected: bool = False
    wrong_language: bool = False
    spans: tuple[Span, ...] = ()
    aspects: tuple[str, ...] = ()  # parts of a good account that it holds (packs.schema.Aspect)

    @property
    def usable(self) -> bool:
        """Whether the answer is one that a follow-up can build on."""
        return not (
            self.short
            or self.silent
            or self.gibberish
            or self.off_topic
            or self.repeated
            or self.hostile
            or self.injection
            or self.asks_answer
            or self.asks_repeat
            or self.protected
            or self.wrong_language
        )


@dataclass(frozen=True, slots=True)
class Move:
    """A decision of the director: what to do and what may be spoken about.

    question_id  the agenda's question under discussion ("" before the first and after the last)
    seed         the pack's own wording of the question to ask; always a whole question
    places       where in handed-in documents what the question names stands; () for a pack's question
    fixed        the question must be spoken as `seed` stands; only the acknowledgement is free
    span         what the turn names, literally; None when there is nothing to name
    cue          which set of acknowledgements fits ("heard", "short", "gibberish", ...)
    reason       why, in a few plain words, for the transcript and for tests
    """

    name: MoveName
    question_id: str
    seed: str
    cue: str
    fixed: bool = False
    span: Span | None = None
    aspect: str = ""
    competency: str = ""
    mood: Mood = "neutral"
    reason: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Phoneme:
    """One sound on the audio's own clock: `start` and `end` in milliseconds, `symbol` in IPA."""

    start: int
    end: int
    symbol: str


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a word of the spoken text begins: `start` in ms, `offset` and `length` in characters."""

    start: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Speech:
    """One spoken sentence: mono 16-bit little-endian PCM and its timeline.

    `phonemes` is empty for voices that give no timings.
    """

    text: str
    pcm: bytes
    rate: int
    phonemes: tuple[Phoneme, ...] = ()
    words: tuple[WordMark, ...] = ()

    @property
    def duration_ms(self) -> int:
        return len(self.pcm) // 2 * 1000 // self.rate if self.rate else 0


@dataclass(frozen=True, slots=True)
class Setup:
    """What the candidate chose on the set-up page. Exactly one of `turns` and `minutes` is set."""

    language: Language
    field: str
    role: str
    level: Level = "mid"
    kind: Kind = "mixed"
    turns: int | None = 8
    minutes: int | None = None
    voice: str = ""
    speed: float = 1.0
    mode: Mode = "practice"
    interviewer: str = ""
    seed: int = 0
    page_language: Language = "en"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the transcript. `at` is seconds since the interview began; `when` ISO 8601."""

    speaker: Speaker
    text: str
    at: float
    when: str
    move: str = ""
    question_id: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds from the end of the candidate's turn, for one reply."""

    first_token_ms: float
    first_sentence_ms: float
    first_sound_ms: float
    reply_ms: float
    worded_by: str = "pack"  # "model", "model-choice" or "pack"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an interview's log, numbered from 1 without gaps. Stored before it is sent."""

    seq: int
    kind: str
    when: str
    data: dict[str, Any] = field(default_factory=dict)
