"""A language model from nothing, as lectures tell it: letters to tokens, next-word prediction on raw text,
adaptation to a domain, instruction tuning, and a classification head on the same body. Each stage is
measured.

Small on purpose: about four million parameters, ten minutes on two cores. Does not: make anything worth
serving.
"""

from mulakat.lab.scratch.story import Plan, story

__all__ = ["Plan", "story"]
