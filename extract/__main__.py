"""`python -m extract` is `doubletake`."""

from extract.commands.cli import main

main(prog_name="doubletake")
