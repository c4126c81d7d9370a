"""An interviewer held against its base: held-out dialogues served turn by turn, loss, the room's scenarios.

Does not: hold interviews (`mulakat demo` does), or judge style: its page has turns to be read aloud.
"""

from mulakat.lab.evaluate.report import reading, sections
from mulakat.lab.evaluate.run import Evaluated, Plan, evaluate

__all__ = ["Evaluated", "Plan", "evaluate", "reading", "sections"]
