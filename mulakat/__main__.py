"""`python -m mulakat`."""

from mulakat.cli import main

main()
