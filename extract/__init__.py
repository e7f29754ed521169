"""Reads PDFs and publishes curated CSVs: the shell around the pure packages `schemas` and `validations`.

Nothing phones home. onnxruntime looks up its maker's host and writes a device id into the user's cache unless the
environment says otherwise before its import. So it is said here, which every module, worker and user of `extract`
imports first. tests/test_network.py looks on from outside.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("MPLCONFIGDIR", os.path.join(".cache", "matplotlib"))  # noqa: PTH118 - else in the user's home
