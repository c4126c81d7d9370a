"""A run's log, ours or somebody else's -> curves as pictures and a page, and what they say in words.

Does not: train, or measure anything anew.
"""

from mulakat.lab.curves.draw import draw
from mulakat.lab.curves.read import Curves, read
from mulakat.lab.curves.words import Reading, reading
from mulakat.lab.curves.write import write_curves

__all__ = ["Curves", "Reading", "draw", "read", "reading", "write_curves"]
