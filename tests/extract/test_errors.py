"""A fault in one part of a file costs that part, and a line names it."""

import pytest

from extract.errors import PartFaults, UnreadableError, UsageError


def test_the_other_parts_are_read(caplog: pytest.LogCaptureFixture) -> None:
    faults, found = PartFaults(), []
    for page in (1, 2, 3, 2):
        with faults.within(f"page {page}"):
            found.append(6 / (page - 2))
    assert found == [-6, 6]
    assert [record.getMessage() for record in caplog.records] == [
        "page 2: not read: ZeroDivisionError: division by zero (internal error; use -v for the traceback)"
    ]
    faults.raise_without(found)


def test_an_error_of_the_file_is_told_in_its_own_words(caplog: pytest.LogCaptureFixture) -> None:
    faults = PartFaults()
    with faults.within("page 5"):
        raise UnreadableError("trial.pdf: the PDF is damaged")
    assert [record.getMessage() for record in caplog.records] == ["page 5: not read: trial.pdf: the PDF is damaged"]


def test_nothing_found_but_a_fault_is_an_error() -> None:
    faults = PartFaults()
    faults.raise_without([])
    with faults.within("page 1"):
        raise UnreadableError("trial.pdf: the PDF is damaged")
    with pytest.raises(UnreadableError):
        faults.raise_without([])


@pytest.mark.parametrize("error", [MemoryError(), UsageError("the PDF has no page 9")])
def test_what_is_no_fault_of_a_part_is_raised(error: Exception) -> None:
    with pytest.raises(type(error)), PartFaults().within("page 1"):
        raise error
