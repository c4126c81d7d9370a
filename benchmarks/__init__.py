"""One script a claim; each prints a table and asserts nothing on time. `make bench` runs them all."""
