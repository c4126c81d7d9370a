"""Answers -> what is known of them, without a language model and the same every time."""
