"""Words, letters and lexicons in both languages. Pure functions; knows nothing of interviews."""
