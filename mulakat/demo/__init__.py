"""Whole interviews without a browser, against scripted candidates, and what they show."""
