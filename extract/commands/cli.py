"""The command `doubletake`, with its commands in the order of the work.

Each command is a few lines in the file of its family; it imports what is slow to load only when it runs.
"""

import click

from extract.commands.checks import check_command, explain_command
from extract.commands.command import CommandGroup
from extract.commands.corpus import corpus_command
from extract.commands.curated import analysis_command, validate_command, verdict_command
from extract.commands.files import claims_command, forest_command, look_command, tables_command
from extract.commands.papers import extract_command, new_command
from extract.commands.rulings.review import review_command


@click.group("doubletake", cls=CommandGroup, example="doubletake extract li2024 --pdf li2024=downloads/s12885.pdf")
@click.version_option(package_name="doubletake")
def main() -> None:
    """Read the tables and forest plots of clinical papers, check their numbers and publish them as CSVs."""


for _command in (
    *(extract_command, validate_command, verdict_command, review_command, analysis_command),
    *(tables_command, forest_command, claims_command),
    *(check_command, corpus_command, explain_command, look_command, new_command),
):
    main.add_command(_command)
