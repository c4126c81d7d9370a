"""A finished run -> what other programs serve: PEFT folder, LoRA GGUF, merged GGUF, card, catalogue.

Does not: train, or judge quality; it checks that what is published computes what was trained.
"""

from mulakat.lab.publish.publish import Published, publish

__all__ = ["Published", "publish"]
