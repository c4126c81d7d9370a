"""Sources -> train, valid and test conversations, and a card that says what was kept, removed and why.

Does not: tokenize, or know of models.
"""

from mulakat.lab.data.build import Built, build, load_built
from mulakat.lab.data.rows import Removal, Row, Turn, read_rows, write_rows

__all__ = ["Built", "Removal", "Row", "Turn", "build", "load_built", "read_rows", "write_rows"]
