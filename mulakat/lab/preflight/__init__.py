"""Looks at a run before any time is spent on it, and refuses with a reason and a fix.

`preflight(config, settings, data)` runs every check; each is a function of its own that a test can feed.
Does not: load weights, or mend anything.
"""

from mulakat.lab.preflight.checks import preflight
from mulakat.lab.preflight.report import Finding, Report

__all__ = ["Finding", "Report", "preflight"]
