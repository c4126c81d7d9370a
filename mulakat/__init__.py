"""Mülakat: a rehearsal room for job interviews on the candidate's own machine."""

__version__ = "0.1.0"
