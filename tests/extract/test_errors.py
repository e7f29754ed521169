"""A fault in one part of a file costs that part, and a line names it."""

from pathlib import Path

import pytest

from extract.errors import PartFaults, UnreadableError, UnreadPart, UsageError

OURS = "internal error: ZeroDivisionError in within (extract/errors.py)"


@pytest.mark.usefixtures("guarded")
def test_the_other_parts_are_read(caplog: pytest.LogCaptureFixture) -> None:
    faults, found = PartFaults(), []
    for page in (1, 2, 3, 2):
        with faults.within(f"page {page}"):
            found.append(6 / (page - 2))
    assert found == [-6, 6]
    faults.raise_without(found)
    assert [record.getMessage() for record in caplog.records] == [
        "page 2: not read: ZeroDivisionError: division by zero (internal error; use -v for the traceback)"
    ]
    assert faults.unread == (UnreadPart("page 2", OURS),)


def test_the_parts_of_one_error_are_one_line(caplog: pytest.LogCaptureFixture) -> None:
    faults = PartFaults(Path("trial.pdf"))
    for page in range(1, 10):
        with faults.within(f"page {page}"):
            raise UnreadableError("trial.pdf: the PDF is damaged")
    faults.raise_without(["Table 1"])
    assert [record.getMessage() for record in caplog.records] == [
        "page 1, page 2, page 3 and 6 more: not read: the PDF is damaged"
    ]


def test_an_error_of_the_file_is_told_in_its_own_words(caplog: pytest.LogCaptureFixture) -> None:
    faults = PartFaults()
    with faults.within("page 5"):
        raise UnreadableError("trial.pdf: the PDF is damaged")
    faults.log()
    assert [record.getMessage() for record in caplog.records] == ["page 5: not read: trial.pdf: the PDF is damaged"]


@pytest.mark.usefixtures("guarded")
def test_the_exhibits_of_a_page_that_is_not_read_are_not_named_again() -> None:
    faults = PartFaults()
    for part, label, page in (("page 5, Table 2", "Table 2", 5), ("page 5", "", 5), ("page 6, Fig 1", "Fig 1", 6)):
        with faults.within(part, label, page):
            raise UnreadableError("the PDF is damaged")
    assert [item.part for item in faults.unread] == ["page 5", "page 6, Fig 1"]


def test_nothing_found_but_a_fault_is_an_error() -> None:
    faults = PartFaults()
    faults.raise_without([])
    with faults.within("page 1"):
        raise UnreadableError("trial.pdf: the PDF is damaged")
    with pytest.raises(UnreadableError):
        faults.raise_without([])


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        UsageError("the PDF has no page 9"),
        KeyboardInterrupt(),
        RuntimeError("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : std::bad_alloc"),
        ValueError("OpenCV(4.10.0) alloc.cpp:73: error: (-4:Insufficient memory) Failed to allocate 900000000 bytes"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_no_fault_of_a_part_is_raised(error: BaseException) -> None:
    with pytest.raises(type(error)), PartFaults().within("page 1"):
        raise error


def test_tests_see_a_fault_of_ours() -> None:
    with pytest.raises(IndexError), PartFaults().within("page 1"):
        raise IndexError
