"""Data -> a trained adapter in a run folder. TRL, PEFT and `accelerate` do the work.

Everything here that imports torch is imported only when a run needs it. Does not: make data, publish.
"""
