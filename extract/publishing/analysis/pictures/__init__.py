"""Forest plots drawn anew from the curated rows, with the pooled lines as printed and as recomputed.

matplotlib keeps a list of the machine's fonts, unless told otherwise in the user's home. It is told here, before its
import.
"""

import os
from pathlib import Path

os.environ.setdefault("MPLCONFIGDIR", str(Path(".cache", "doubletake", "matplotlib").resolve()))
