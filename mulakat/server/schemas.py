"""What crosses the wire, validated. The page's types are generated from these models.

Does not: hold behaviour. `docs/protocol.md` tells in words what these models say in types.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from mulakat.messages import Kind, Language, Level, Mode, Mood, Speaker

MAX_ANSWER = 20_000
"""Characters of one answer; about half an hour of talk."""

MOST = 2**31 - 1
"""The largest number that the store's columns hold."""

ClientId = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Free = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
State = Literal["new", "running", "paused", "ended"]
Phase = Literal["waiting", "thinking", "speaking", "listening", "paused", "ended"]


class Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


# ---------------------------------------------------------------- REST


class SetupIn(Wire):
    """The set-up page's form. Give `turns` or `minutes`; with neither, eight turns."""

    language: Language
    page_language: Language = "en"
    field: Free
    role: Free
    level: Level = "mid"
    kind: Kind = "mixed"
    turns: int | None = Field(None, ge=2, le=40)
    minutes: int | None = Field(None, ge=3, le=90)
    voice: Annotated[str, StringConstraints(max_length=80)] = ""
    speed: float = Field(1.0, ge=0.7, le=1.4)
    mode: Mode = "practice"
    seed: int | None = Field(None, ge=0, le=MOST)

    @model_validator(mode="after")
    def _one_length(self) -> SetupIn:
        if self.turns is not None and self.minutes is not None:
            raise ValueError("give a length in turns or in minutes, not both")
        return self


class SampleIn(Wire):
    language: Language
    page_language: Language = "en"


class Created(Wire):
    id: str
    token: str = Field(description="opens this interview without the cookie; shown once")


class FieldOption(Wire):
    id: str
    name: str
    roles: list[str]


class VoiceOption(Wire):
    id: str
    label: str
    language: Language
    cloud: bool = Field(description="the interviewer's sentences leave this machine")
    timings: bool = Field(description="the voice tells which sound falls when")


class Options(Wire):
    version: str
    fields: list[FieldOption]
    voices: list[VoiceOption]
    default_voice: dict[Language, str]
    engine: str = Field(description="what words the interviewer's sentences, in plain words")


class TurnOut(Wire):
    speaker: Speaker
    text: str
    at: float = Field(description="seconds since the interview began, pauses left out")
    when: str = Field(description="ISO 8601 with offset")
    move: str = ""


class InterviewOut(Wire):
    id: str
    setup: SetupIn
    field_name: str
    state: State
    created: str
    ended: str | None
    elapsed_s: float
    asked: int
    total: int | None
    hidden: bool = Field(description="exam mode and not ended: the turns are withheld")
    turns: list[TurnOut]
    versions: dict[str, str]


class InterviewLine(Wire):
    id: str
    role: str
    field_name: str
    language: Language
    level: Level
    mode: Mode
    state: State
    created: str
    ended: str | None
    elapsed_s: float
    answers: int


class Deleted(Wire):
    deleted: int


class Health(Wire):
    status: Literal["ok"]
    version: str


class ErrorOut(Wire):
    code: str
    message: str
    fix: str


# ---------------------------------------------------------------- live: page -> server


class Hello(Wire):
    type: Literal["hello"]
    after: int = Field(0, ge=0, le=MOST, description="the last event's number that the page has seen")
    audio: bool = True
    token: str = ""


class Draft(Wire):
    """What is typed so far; read ahead by the model, never stored."""

    type: Literal["draft"]
    text: Annotated[str, StringConstraints(max_length=MAX_ANSWER)]


class Answer(Wire):
    type: Literal["answer"]
    id: ClientId
    text: Annotated[str, StringConstraints(max_length=MAX_ANSWER)]


class Command(Wire):
    """`repeat` the question, ask for a `moment`, `skip` it, `pause`, `resume`, `finish`."""

    type: Literal["repeat", "moment", "skip", "pause", "resume", "finish"]
    id: ClientId


class Speak(Wire):
    """Send a sentence's audio again, after a reload."""

    type: Literal["speak"]
    sentence: int = Field(ge=1, le=MOST)


class Ping(Wire):
    type: Literal["ping"]
    t: float = Field(0.0, allow_inf_nan=False)


ClientMessage = Annotated[Hello | Draft | Answer | Command | Speak | Ping, Field(discriminator="type")]


# ---------------------------------------------------------------- live: server -> page, stored


class Stored(Wire):
    seq: int = Field(ge=1)
    when: str


class Started(Stored):
    type: Literal["started"]
    setup: SetupIn
    field_name: str
    versions: dict[str, str]


class PlaceOut(BaseModel):
    """Where in a document something stands; lines and pages from 1.

    A page of 0 is the candidate's own correction."""

    document: str
    name: str
    page: int
    line: int
    last: int


class MoveOut(Stored):
    """The interviewer has decided what to do; its words follow."""

    type: Literal["move"]
    turn: int
    move: str
    mood: Mood
    asked: int
    total: int | None
    places: list[PlaceOut] = Field(
        default=[], description="where what the question names stands in the candidate's documents"
    )


class Sentence(Stored):
    type: Literal["sentence"]
    turn: int
    index: int
    text: str
    question: bool


class Reply(Stored):
    """An interviewer's turn is complete."""

    type: Literal["reply"]
    turn: int
    move: str
    text: str
    at: float
    worded_by: str
    timing: dict[str, float]


class AnswerOut(Stored):
    type: Literal["answer"]
    id: str
    text: str
    at: float


class Mark(Stored):
    """The candidate paused, went on, asked for a moment, skipped, or asked for a repeat."""

    type: Literal["paused", "resumed", "moment", "skipped", "asked_repeat"]
    id: str
    at: float


class Ended(Stored):
    type: Literal["ended"]
    reason: Literal["complete", "finished"]
    at: float


# ---------------------------------------------------------------- live: server -> page, not stored


class Welcome(Wire):
    """First message of a connection. The stored events after `after` follow it."""

    type: Literal["welcome"]
    seq: int = Field(description="the newest stored event")
    phase: Phase
    language: Language
    mode: Mode
    role: str
    elapsed_s: float
    limit_s: float | None
    asked: int
    total: int | None
    speaks: bool


class SpeechOut(Wire):
    """A sentence's timeline; its audio follows in binary frames."""

    type: Literal["speech"]
    sentence: int = Field(description="seq of the sentence event")
    rate: int
    samples: int
    phonemes: list[tuple[int, int, str]]
    visemes: list[tuple[int, int, str]]
    words: list[tuple[int, int, int]]


class Silent(Wire):
    """A sentence has no audio (the voice failed); the page shows it for its reading time."""

    type: Literal["silent"]
    sentence: int
    ms: int


class Status(Wire):
    type: Literal["status"]
    phase: Phase
    elapsed_s: float
    queue: int = Field(0, description="turns before this one in the engine's queue")


class Elsewhere(Wire):
    """The interview was opened in another tab; this one keeps silent until it says hello again."""

    type: Literal["elsewhere"]


class Pong(Wire):
    type: Literal["pong"]
    t: float


class Fault(Wire):
    type: Literal["error"]
    code: str
    message: str
    fix: str
    id: str = ""


ServerMessage = Annotated[
    Started
    | MoveOut
    | Sentence
    | Reply
    | AnswerOut
    | Mark
    | Ended
    | Welcome
    | SpeechOut
    | Silent
    | Status
    | Elsewhere
    | Pong
    | Fault,
    Field(discriminator="type"),
]


class Live(BaseModel):
    """Both directions of the live channel, so that the page's types are generated with the rest."""

    client: ClientMessage
    server: ServerMessage


def live_schema() -> dict[str, Any]:
    """JSON Schema of the live channel with OpenAPI references."""
    return Live.model_json_schema(ref_template="#/components/schemas/{model}")
