"""The gate: tests every sheet of every paper against its expectations; one line for each that is not met."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations import expectations
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.expectation import Expectation

from schemas.base.faults import fault_name, must_pass
from schemas.base.files import FileError
from validations.release import docs, own
from validations.release.expected import Expected, GateSheet, Held
from validations.release.sheets import gate_sheets

_log = logging.getLogger(__name__)
SHOWN = 4  # values or rows that a line names


def hold(folders: Sequence[Path], data_docs: Path | None = None) -> dict[str, Held]:
    """Return the result for each paper, by the name of its folder. `data_docs`: the folder for the Great Expectations
    report."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    in_memory = DataContextConfig(store_backend_defaults=InMemoryStoreBackendDefaults())  # by default, a folder is made
    context = gx.get_context(mode="ephemeral", project_config=in_memory)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    if data_docs is not None:
        docs.add_site(context, data_docs)
    source = context.data_sources.add_pandas("curated")
    found = {folder.resolve().name: _guarded(context, source, folder) for folder in folders}
    if data_docs is not None:
        docs.write_docs(context, data_docs)
    return found


def _guarded(context: Any, source: Any, folder: Path) -> Held:  # noqa: ANN401 - of great_expectations
    """The result for a paper. A fault of ours refuses this paper and stops no other."""
    try:
        return _paper(context, source, folder)
    except FileError:
        raise
    except Exception as error:
        if must_pass(error):
            raise
        _log.warning("%s: the release gate failed: %s", folder, fault_name(error), exc_info=error)
        return Held(0, (f"{folder.resolve().name}: not tested: internal error: {fault_name(error)}",))


def _paper(context: Any, source: Any, folder: Path) -> Held:  # noqa: ANN401 - of great_expectations
    met, lines = 0, []
    for sheet in gate_sheets(folder):
        usable = [item for item in sheet.expected if expectation_columns(item) <= set(sheet.frame.columns)]
        if usable:
            name, file = f"{folder.resolve().name}/{sheet.name}", sheet.name.partition(", ")[0]
            said = list(_sheet(context, source, name, sheet, usable))
            met += len(usable) - len(said)
            lines += [f"{folder.resolve().name}/{file}: {line}" for line in said]
    return Held(met, tuple(lines))


def expectation_columns(item: Expected) -> set[str]:
    """The columns that an expectation uses; () for the list of columns itself, which reports missing ones."""
    if item.kind == "ExpectTableColumnsToMatchOrderedList":
        return set()
    single = {value for name, value in item.given.items() if name in ("column", "column_A", "column_B")}
    return single | set(item.given.get("column_list", ()))


def _sheet(context: Any, source: Any, name: str, sheet: GateSheet, usable: Sequence[Expected]) -> Iterator[str]:  # noqa: ANN401
    """A line for each expectation that the sheet does not meet."""
    plain = re.sub(r"\W+", " ", name)  # it becomes the path of a page
    batch = source.add_dataframe_asset(plain).add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(gx.ExpectationSuite(name=plain, expectations=[_made(item) for item in usable]))
    held = context.validation_definitions.add(gx.ValidationDefinition(name=plain, data=batch, suite=suite))
    key = [column for column in sheet.key if column in sheet.frame]
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": key}
    answer = held.run(batch_parameters={"dataframe": sheet.frame}, result_format=wanted)
    faults = {item.words: item.fault for item in usable}
    for result in answer.results:
        if not result.success:
            yield f"{faults[result.expectation_config.description]}{_found(result, key)}"


def _made(item: Expected) -> Expectation:
    kind: type[Expectation] = getattr(own, item.kind, None) or getattr(expectations, item.kind)
    return kind(**item.given, description=item.words)


def _found(result: ExpectationValidationResult, key: Sequence[str]) -> str:
    """The end of a message: the rows that fail, or what was found instead."""
    raised = [info.get("exception_message") for info in result.exception_info.values() if isinstance(info, dict)]
    if raised := [message for message in raised if message]:
        return f" or could not be evaluated: {raised[0]}"
    if "unexpected_index_list" in result.result:
        cases = [_case(case, key) for case in result.result["unexpected_index_list"]]
        more = f" and {len(cases) - SHOWN} more" if len(cases) > SHOWN else ""
        return f" in {'; '.join(cases[:SHOWN])}{more}"
    given = result.expectation_config.kwargs if result.expectation_config else {}
    observed, wanted = result.result.get("observed_value"), given.get("column_list")
    if wanted is None or observed is None:
        return f", but {observed}"
    changed = [f"no {name}" for name in wanted if name not in observed] + [
        name for name in observed if name not in wanted
    ]
    return f": {', '.join(changed) or 'they are in another order'}"


def _case(case: Mapping[str, Any], key: Sequence[str]) -> str:
    """A line of the CSV by its key, with the cells that are not as expected: row 3, label Male (percent 120)"""
    cells = [f"{name} {value}" for name, value in case.items() if name not in (*key, "found") and not pd.isna(value)]
    where = [f"{name} {value}" for name, value in case.items() if name in key and not pd.isna(value)]
    return f"{', '.join(where)} ({', '.join(cells)})" if cells else ", ".join(where)
