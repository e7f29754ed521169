"""The error of a file that cannot be read as expected."""


class InputError(ValueError):
    """A file cannot be read as expected. The message is one line: file, what was expected, what was found."""
