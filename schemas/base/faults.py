"""What becomes of a fault of ours: a guard keeps it to the check, or to the part of a file, where it happened.

The tests set DOUBLETAKE_RAISE_FAULTS=1, so that no guard hides a fault from them.
"""

import os
from traceback import walk_tb
from typing import NamedTuple

RAISE_FAULTS = "DOUBLETAKE_RAISE_FAULTS"
_PACKAGES = ("schemas", "validations", "extract")
_NO_MEMORY = ("bad_alloc", "Insufficient memory", "Failed to allocate")  # said by onnxruntime and OpenCV


def must_pass(error: Exception) -> bool:
    """Whether a guard must let an error pass: a lack of memory ends the whole reading, and tests see every fault."""
    return lacks_memory(error) or os.environ.get(RAISE_FAULTS) == "1"


def lacks_memory(error: BaseException) -> bool:
    """Whether an error, of Python or of a native library, says that the memory is used up."""
    return isinstance(error, MemoryError) or any(words in str(error) for words in _NO_MEMORY)


class FaultPlace(NamedTuple):
    """The innermost call of our code in a traceback: function, file from the project's folder, line."""

    function: str
    file: str
    line: int


def fault_place(error: BaseException) -> FaultPlace | None:
    """Return where in our code an error was raised, or where our code called what raised it; None outside our code."""
    calls = [(frame.f_globals.get("__name__", ""), frame, line) for frame, line in walk_tb(error.__traceback__)]
    own = [(module, frame, line) for module, frame, line in calls if module.partition(".")[0] in _PACKAGES]
    if not own:
        return None
    module, frame, line = own[-1]
    return FaultPlace(frame.f_code.co_name, f"{module.replace('.', '/')}.py", line)


def fault_name(error: BaseException) -> str:
    """Return the kind of an error and the function of ours where it was raised, without the line, which changes with
    every edit: OverflowError in float_span (validations/statistics/rounding.py)"""
    place = fault_place(error)
    return type(error).__name__ + (f" in {place.function} ({place.file})" if place else "")
