"""Reads PDFs and publishes curated CSVs: the shell around the pure packages `schemas` and `validations`.

What libraries must know before their import is said here, which every module, worker and user of `extract` imports
first. Nothing phones home or writes into the user's home: onnxruntime looks up its maker's host and keeps a device id
unless the environment says otherwise, and matplotlib keeps a list of fonts (tests/test_network.py looks on from
outside). pyarrow, which pandas takes for text where it is installed, reserves a GB of address space, which the memory
limit of a worker counts.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("MPLCONFIGDIR", os.path.join(".cache", "matplotlib"))  # noqa: PTH118 - pathlib takes time to load
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
