"""A stored interview -> its assessment, from log and packs alone; and answers given again afterwards.

The same log and packs always give the same assessment. Does not: store anything, put anything into
words (`report`), or call a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mulakat.assessment.question import Asked, asked_of
from mulakat.assessment.result import Assessment, QuestionResult
from mulakat.assessment.scores import assess
from mulakat.errors import ExamRunning, InterviewError
from mulakat.interview.agenda import Item, document_items
from mulakat.interview.packs.library import Library
from mulakat.messages import LANGUAGES, Event, Language, Place, Setup, Turn
from mulakat.room.reader import Reader
from mulakat.room.state import grounded_from
from mulakat.room.told import told_turns
from mulakat.store import Record

PRACTISED = "practised"
"""Kind of the event that holds an answer given again: `question` (the agenda's id), `text`, `id`."""


@dataclass(frozen=True, slots=True)
class Practised:
    """One question answered again after the interview, weighed by itself."""

    when: str
    text: str
    result: QuestionResult


def must_have_ended(record: Record) -> None:
    """Raises ExamRunning in an exam and InterviewError otherwise, while the interview goes on."""
    if record.ended is not None:
        return
    if record.setup.mode == "exam":
        raise ExamRunning("In exam mode the report is shown after the end.", "Finish the interview first.")
    raise InterviewError("The report is made when the interview has ended.", "Finish it first.")


def placed_turns(events: Sequence[Event]) -> tuple[Turn, ...]:
    """The turns of `told_turns`, each of the interviewer's with the question it belongs to."""
    turns = told_turns(events)
    ids = iter([str(move.get("question_id", "")) for move in _moves(events)])
    return tuple(
        replace(t, question_id=next(ids, "")) if t.speaker == "interviewer" and t.move else t for t in turns
    )


def _moves(events: Iterable[Event]) -> list[dict[str, object]]:
    """The decision behind every finished turn of the interviewer, in order."""
    found: list[dict[str, object]] = []
    pending: dict[str, object] = {}
    for event in events:
        if event.kind == "move":
            pending = event.data.get("full", {})
        elif event.kind == "reply":
            found.append(pending)
            pending = {}
    return found


def weigh(record: Record, events: Sequence[Event], library: Library, reader: Reader) -> Assessment:
    """The assessment of an interview that has ended. Quotes count the turns of `placed_turns`."""
    language = record.setup.language
    asked = asked_questions(record.setup, events, library)
    return assess(placed_turns(events), asked, language, reader.known(language), reader.marker(language))


def places_of(events: Sequence[Event]) -> dict[str, tuple[Place, ...]]:
    """Where in the handed-in documents each main question comes from, by its id; none for a pack's."""
    found: dict[str, tuple[Place, ...]] = {}
    for move in _moves(events):
        places = move.get("places")
        if isinstance(places, list) and places:
            found.setdefault(str(move.get("question_id", "")), tuple(Place(**place) for place in places))
    return found


def asked_questions(setup: Setup, events: Sequence[Event], library: Library) -> dict[str, Asked]:
    """The main questions of the log by their ids, as their packs or the candidate's documents have them.

    A question that a later version of its pack dropped is taken from the log, without points.
    """
    language = setup.language
    items = {item.id: item for item in _items(setup, events, library)}
    asked: dict[str, Asked] = {}
    for move in _moves(events):
        name = str(move.get("question_id", ""))
        if name and name not in asked:
            item = items.get(name)
            asked[name] = (
                asked_of(item, library.packs[item.pack], language) if item else _from_log(move, language)
            )
    return asked


def _items(setup: Setup, events: Sequence[Event], library: Library) -> Iterator[Item]:
    for pack in library.packs.values():
        for competency in pack.competencies:
            for question in competency.questions:
                yield Item(question, competency, pack.id)
    yield from document_items(grounded_from(events), library.match(setup.field, setup.role))


def _from_log(move: Mapping[str, object], language: Language) -> Asked:
    competency = str(move.get("competency", "")) or "other"
    name = competency.rsplit("/", 1)[-1].replace("_", " ")
    return Asked(
        id=str(move["question_id"]),
        text=str(move.get("seed", "")),
        competency=competency,
        names=dict.fromkeys(LANGUAGES, name),
        language=language,
        behavioural=True,
        looks_for="",
        points_by=dict.fromkeys(LANGUAGES, ()),
    )


def practised(
    record: Record, events: Sequence[Event], library: Library, reader: Reader
) -> tuple[Practised, ...]:
    """The answers that were given again, in order, each weighed against its question alone."""
    asked = asked_questions(record.setup, events, library)
    found: list[Practised] = []
    for event in events:
        question = asked.get(str(event.data.get("question", ""))) if event.kind == PRACTISED else None
        if question is not None:
            found.append(Practised(event.when, event.data["text"], weigh_again(question, event, reader)))
    return tuple(found)


def weigh_again(question: Asked, event: Event, reader: Reader) -> QuestionResult:
    """One answer to one question; its quotes count from that answer, which is turn 1."""
    turns = (
        Turn("interviewer", question.text, 0.0, event.when, "move_on", question.id),
        Turn("candidate", event.data["text"], 0.0, event.when),
    )
    language = question.language
    known, marker = reader.known(language), reader.marker(language)
    return assess(turns, {question.id: question}, language, known, marker).questions[0]
