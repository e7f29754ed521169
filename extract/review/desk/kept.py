"""Values that take long to make, kept until what they were made from changes."""

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any


class Kept:
    """Values by name. Several threads that want one value make it once."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[object, Any]] = {}
        self._making: dict[str, threading.RLock] = defaultdict(threading.RLock)

    def get(self, name: str, state: object, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
        """What `make` returns, made once for each state of what it is made from."""
        with self._making[name]:
            if name not in self._values or self._values[name][0] != state:
                self._values[name] = (state, make())
            return self._values[name][1]

    def at_hand(self, name: str) -> Any:  # noqa: ANN401 - whatever was made
        """The value of that name that was made last; None where none was."""
        return self._values.get(name, (None, None))[1]
