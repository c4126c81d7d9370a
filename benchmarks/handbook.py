"""Makes an invented company handbook of 200 pages, with questions whose answers stand in it.

What a chapter really says is in `handbook.yaml`; around it stand details of procedure and sentences that
name the chapter's matter without saying anything, so that many passages look like what a question asks and
one answers it. Does not: search.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdf
import typst
import yaml

PAGES = 200
_SITES = (
    "Rotterdam plant",
    "Izmir warehouse",
    "London office",
    "head office",
    "field crews",
    "Gdansk laboratory",
)
_WHO = (
    "team leads",
    "the people desk",
    "the site manager",
    "the facility team",
    "the works council",
    "the finance desk",
)
_WHEN = (
    "in the second week of each quarter",
    "every other Monday",
    "once a year in autumn",
    "within a month",
    "as soon as possible",
)
_PARTS = (
    "Purpose",
    "Who it is for",
    "How to proceed",
    "Local arrangements",
    "Records",
    "Exceptions",
    "Frequent misunderstandings",
    "Review",
)
_FLUFF = (
    "The rules on {about} in this chapter hold for everybody at the {site}, whatever the contract says "
    "otherwise.",
    "Questions about {about} are first put to {who}, who keep a list of earlier decisions.",
    "At the {site} matters of {about} are handled by {who} {when}.",
    "A form for {about} lies on the intranet; it asks for a name, a date and a reason in two lines.",
    "{Who} look at {about} {when} and write down what they changed and why.",
    "Nobody is put at a disadvantage for having asked about {about}.",
    "Where local law says something else about {about}, the law comes first and {who} explain the "
    "difference.",
    "The {site} has added its own note on {about}, which hangs at the entrance and is read out to "
    "newcomers.",
    "Numbers on {about} are reported to the board {when}, without names.",
    "What was agreed about {about} by word of mouth is confirmed in writing by {who}.",
    "Managers are expected to know the part on {about} well enough to answer a simple question at once.",
    "Earlier versions of the rules on {about} are kept by {who} and may be read by anybody.",
    "In the survey of last year {about} was named by one in {n} people at the {site} as something to "
    "improve.",
    "A working group with {n} members from the {site} and the {other} goes through the rules on {about} "
    "{when}.",
    "If {about} touches more than one site, the {site} and the {other} settle it between them and inform "
    "{who}.",
    "The chapter on {about} was last changed after a remark from the {site}.",
    "It happens that {about} is mixed up with the matter of the next chapter; when in doubt, both are "
    "read.",
    "Training on {about} is offered {when} and takes {n} minutes.",
    "A short film about {about} was made at the {site} and can be seen with subtitles.",
    "For cases of {about} that nobody has thought of, {who} decide and tell the {other} about it "
    "afterwards.",
    "Cost centres are not charged for {about}; the sum is carried by the {site} as a whole.",
    "Suppliers and temporary staff are told about {about} by {who} on their first day.",
)
"""Sentences that say nothing but name the chapter's matter: what makes a handbook hard to search."""

_DETAILS = (
    "The counter in room {room} of the {site} is open on {day} from {hour} to {later}.",
    "Form {form} is filled in twice; the yellow sheet stays with {who}.",
    "In {system} the entry lies under Services, then {form}; the status turns green once {who} have seen "
    "it.",
    "At the {site} extension {ext} answers until {later} o'clock, afterwards a recorder takes over.",
    "Papers older than {n} months are moved to the archive at the {site}, shelf {room}.",
    "{Who} meet {when} at the {site}; minutes are put into {system} the next day.",
    "For the {site} the deadline is day {n} of the month, for the {other} the following {day}.",
    "A label with the number {form} is stuck to the folder before it goes to the {other}.",
    "In {year} the {site} moved to the new building by the canal, and the old telephone numbers were "
    "switched off.",
    "Translations into Dutch and Turkish are made by an agency in {city} and cost {n} cents a word.",
    "Whoever has no access to {system} writes to the shared mailbox of the {site}.",
    "The poster on the notice board at the {site} names a deputy for each week of the year.",
    "Shift B of the {site} hands its list over to shift C at {hour} in the morning.",
    "An example: Femke from the {site} sends form {form} on {day}, and gets it back signed {n} days later.",
    "An example: Orhan at the {other} forgot the attachment, so {who} returned the folder with a note.",
    "Version {n} of this chapter came out in {year}; changes are marked by a bar in the margin.",
    "Printed copies lie in room {room} of the {site}, next to the coffee machine.",
    "The button called Export in {system} makes a table with {n} columns, of which three matter here.",
    "During stocktaking in {month} the counter at the {site} stays shut for {n} hours.",
    "The auditors from {city} drew {n} samples in {year} and found two folders without a date.",
    "Signatures are set in blue ink; scans are accepted from the {other} only.",
    "The courier between the {site} and the {other} leaves on {day} at {hour}.",
    "A reminder goes out after {n} days, a second one to the superior after {later} more.",
    "When {system} is down, the paper form {form} counts, and {who} type it in later.",
    "The abbreviation {form} stands for a list that the {site} began in {year}.",
    "Interns at the {site} ask their guide, who signs in their stead in {system}.",
    "Since {month} {year} the archive key hangs in room {room}; it is signed for in a green book.",
    "The glossary at the end explains the words that the {site} uses in another sense than the {other}.",
    "Two screens in the hall of the {site} show the queue, the waiting time and the weather in {city}.",
    "Folders from before {year} carry a red dot and are read in room {room} only.",
)
"""Sentences as handbooks are full of: counters, forms, lists, dates and small examples."""

_CITIES = ("Ghent", "Bursa", "Leeds", "Utrecht", "Poznan", "Aarhus", "Trieste", "Graz")
_SYSTEMS = ("Tessera", "Pilot", "Ledgerline", "Harbourmaster", "the intranet", "Quill")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_MONTHS = ("January", "March", "May", "August", "October", "December")


@dataclass(frozen=True)
class Question:
    """A question and the words that only the passage with its answer holds."""

    text: str
    key: str


@lru_cache(maxsize=1)
def _chapters() -> list[list[str]]:
    raw: list[list[str]] = yaml.safe_load(Path(__file__).with_name("handbook.yaml").read_text("utf-8"))
    return raw


def questions(remote: bool = False) -> list[Question]:
    """All questions, in the order of the chapters; `remote` ones avoid even the usual names of things."""
    keys = [chapter[4] for chapter in _chapters()]
    if remote:
        return [Question(chapter[3], key) for chapter, key in zip(_chapters(), keys, strict=True)]
    written = Path(__file__).with_name("handbook_questions.yaml").read_text("utf-8")
    return [Question(asked, key) for asked, key in zip(yaml.safe_load(written), keys, strict=True)]


def handbook(pages: int = PAGES, seed: int = 11, fluff: float = 0.3) -> bytes:
    """The handbook as a PDF of at least `pages` pages; the same text for the same arguments.

    `fluff` is the share of sentences that name the chapter's matter and say nothing, 0 to 1.
    """
    for paragraphs in range(1, 20):
        made = typst.compile(_markup(random.Random(seed), paragraphs, fluff).encode())
        assert isinstance(made, bytes)
        if len(pypdf.PdfReader(io.BytesIO(made)).pages) >= pages:
            return made
    raise ValueError("a handbook of so many pages cannot be made")


def _markup(chance: random.Random, paragraphs: int, fluff: float) -> str:
    out = [
        '#set page(paper: "a4", margin: 2.4cm, numbering: "1")',
        '#set text(font: "Libertinus Serif", size: 11pt)',
    ]
    out.append('#set heading(numbering: "1.1")\n#set par(justify: true)')
    for title, about, fact, _, _ in _chapters():
        out.append(f"#pagebreak(weak: true)\n= {title}")
        home = chance.choice(_PARTS[1:7])
        for part in _PARTS:
            out.append(f"== {part}")
            count = chance.randint(max(1, paragraphs - 2), paragraphs)
            texts = [_paragraph(chance, about, fluff) for _ in range(count)]
            if part == home:
                texts.insert(chance.randrange(len(texts) + 1), fact)
            out.append("\n\n".join(texts))
    return "\n\n".join(out)


def _paragraph(chance: random.Random, about: str, fluff: float) -> str:
    pools = [_FLUFF if chance.random() < fluff else _DETAILS for _ in range(chance.randint(2, 4))]
    return " ".join(_filled(chance, chance.choice(pool), about) for pool in pools)


def _filled(chance: random.Random, sentence: str, about: str) -> str:
    site, other = chance.sample(_SITES, 2)
    who = chance.choice(_WHO)
    hour = chance.randint(6, 11)
    return sentence.format(
        about=about,
        site=site,
        other=other,
        who=who,
        Who=who[0].upper() + who[1:],
        when=chance.choice(_WHEN),
        n=chance.randint(3, 40),
        room=chance.randint(100, 499),
        day=chance.choice(_DAYS),
        month=chance.choice(_MONTHS),
        year=chance.randint(2009, 2025),
        hour=hour,
        later=hour + chance.randint(2, 7),
        form=f"{chance.choice('ABCDEFGHKLMPRSTW')}-{chance.randint(10, 980)}",
        ext=chance.randint(2000, 9000),
        city=chance.choice(_CITIES),
        system=chance.choice(_SYSTEMS),
    )
