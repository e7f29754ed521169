"""The command `corpus`: `check` over many PDFs."""

import os
import sys
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from extract.commands.command import Command, print_error, print_status, verbosity
from extract.commands.options import picture_limits_options
from extract.pdf.limits import Limits

if TYPE_CHECKING:
    from extract.corpus.row import Checked
    from extract.corpus.run import CorpusResult

LISTED_FAILURES = 10  # on the screen
TITLE_LETTERS = 200  # where all text of a page has one size, its title is all of it


class ShardNumber(click.ParamType[tuple[int, int]]):
    """ "17/400": job 17 of 400, from 1."""

    name = "shard"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        number, _, total = value.partition("/")
        if not (number.isdecimal() and total.isdecimal() and 1 <= int(number) <= int(total)):
            self.fail(f"'{value}' is not one of the jobs of an array; expected something like 17/400", param, ctx)
        return int(number), int(total)


@click.command("corpus", cls=Command, example="doubletake corpus library --out checked_library --workers 8")
@click.argument("source", metavar="FOLDER|LIST|URL")
@click.option("--out", required=True, metavar="DIR|URL", help="Folder for the results; s3:// and gs:// work, too.")
@click.option("--workers", type=click.IntRange(1, 1024), help="Papers read at the same time.  [default: all CPUs]")
@click.option("--scheduler", metavar="ADDRESS", help="Let a Dask cluster do the work: tcp://10.0.0.1:8786.")
@click.option("--shard", type=ShardNumber(), metavar="K/N", help="Do the part of job K of an array of N jobs.")
@click.option("--shard-size", type=click.IntRange(1, 10_000), help="Papers in a task.  [default: up to 100]")
@click.option("--resume", is_flag=True, help="Go on with the corpus in --out: leave out what is done.")
@picture_limits_options
@click.pass_context
def corpus_command(
    ctx: click.Context,
    source: str,
    out: str,
    workers: int | None,
    scheduler: str | None,
    shard: tuple[int, int] | None,
    shard_size: int | None,
    resume: bool,
    limits: Limits,
) -> None:
    """Check many PDFs: those of a folder, of a bucket, or of a list with a path or URL on each line.

    Each PDF is checked as by 'doubletake check', into DIR/papers/SHA256. The folder of an article from PubMed Central
    (PMC123/, with its .nxml and its PDF) is one paper: its PDF is compared with its XML, or the XML is checked alone
    where there is no PDF. In other folders no XML is read beside a PDF. DIR/index.html, findings.parquet and
    results.parquet cover all papers; ledger/ledger.parquet says what became of each file. A file that cannot be read is
    a row of the ledger, and the others go on.

    After an interruption, --resume goes on. The jobs of an array (--shard 1/400 to 400/400) share DIR; when all have
    ended, run the command once with --resume instead of --shard to merge their results.

    The exit code is 1 if a file was not read or a finding needs a ruling.
    """
    if scheduler and (workers or shard):
        raise click.UsageError("--scheduler cannot be combined with --workers or --shard.")
    from extract.corpus.run import CorpusRun, check_corpus
    from extract.corpus.shards.reading import Checker

    run = CorpusRun(
        *(source, out, Checker(check_into, preload), limits, workers or os.cpu_count() or 1),
        *(scheduler or "", shard, shard_size, resume),
    )
    result = check_corpus(run, sys.stderr.isatty() and verbosity() >= 0)
    _print_result(result)
    ctx.exit(0 if result.is_clean else 1)


def _print_result(result: "CorpusResult") -> None:
    for error, count in result.unfinished.items():
        print_error(
            f"{count} {'shard was' if count == 1 else 'shards were'} not finished, go on with --resume: {error}"
        )
    totals = result.totals
    for path, status, reason in totals.failures[:LISTED_FAILURES]:
        print_error(f"{path}: {status.replace('_', ' ')}: {reason}")
    if (more := totals.failed - LISTED_FAILURES) > 0:
        print_error(f"and {more:,} more; the ledger has all")
    if verbosity() >= 0:
        statuses = [f"{count:,} {status.replace('_', ' ')}" for status, count in totals.statuses.most_common()]
        severities = [f"{count:,} {severity}" for severity, count in totals.severities.items() if count]
        click.echo(f"files: {totals.files:,}, different contents: {totals.contents:,} ({', '.join(statuses)})")
        click.echo(f"findings: {', '.join(severities) or 'none'}; {totals.waiting:,} need a ruling")
    print_status(f"Index: {result.index}" if result.index else "All jobs done? Merge them: --resume without --shard")


def check_into(pdf: Path, folder: Path, xml: Path | None = None) -> "Checked":
    """Check a PDF, with its XML if there is one, or an XML alone into a folder, in this process, and return the counts.
    The commands in the report hold for who stands in the folder of the corpus, wherever that is."""
    from extract.commands.check_pdf import write_checked
    from extract.corpus.row import Checked
    from extract.output.page_crops import crop_regions
    from extract.pdf.opening import is_xml, open_fast
    from extract.publishing.publish import OWN_VERDICTS
    from extract.records.without_card import read_without_card, read_xml_without_card
    from validations.registry import SEVERITIES

    if is_xml(pdf):
        paper, pages = read_xml_without_card(pdf, folder.name), 0
    else:
        paper = read_without_card(pdf, folder.name, xml=xml)
        with open_fast(pdf) as document:
            pages = len(document)
    tail = ["--curated", "papers", "--verdicts", f"papers/{folder.name}/{OWN_VERDICTS}"]
    outcome, _ = write_checked(paper, folder, lambda regions: crop_regions(pdf, regions), tail)
    open_findings = [finding.severity for finding in outcome.findings if not finding.verdict]
    return Checked(
        title=""
        if paper.card.citation == pdf.stem
        else shorten(paper.card.citation, TITLE_LETTERS, placeholder=" ..."),
        pages=pages,
        tables=sum(exhibit.table is not None for exhibit in paper.exhibits),
        plots=sum(exhibit.plot is not None for exhibit in paper.exhibits),
        claims=len(paper.claims),
        waiting=len(outcome.waiting),
        **{severity: open_findings.count(severity) for severity in SEVERITIES},
    )


def preload() -> None:
    """Import what `check_into` needs, and make what all papers share."""
    import extract.commands.check_pdf
    import extract.output.page_crops
    import extract.publishing.publish
    import extract.records.without_card  # noqa: F401
    from validations.registry import all_checks

    all_checks()
