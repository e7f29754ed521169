"""`python -m extract` is `doubletake`."""

from extract.cli import main

main(prog_name="doubletake")
