"""Times the reading of forest plots: pictures, beside rapidocr alone on the same picture, and drawings in a PDF."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from pypdfium2 import PdfDocument

from extract.forests.raster.canvas import canvas_of
from extract.forests.raster.images import Picture, may_hold_plot, pictures_on
from extract.forests.reading import read_forests

FACSIMILES = Path(__file__).parents[2] / "raw_pdfs" / "facsimiles"
PICTURES, DRAWINGS = FACSIMILES / "cao2025.pdf", FACSIMILES / "cao2025_vector.pdf"


@dataclass(frozen=True)
class ForestFigures:
    """CPU times.

    pictures: seconds for the canvas of each picture
    ratios: those seconds as a multiple of what rapidocr alone takes
    drawn: for each page with drawn plots, seconds per plot
    """

    pictures: tuple[float, ...]
    ratios: tuple[float, ...]
    drawn: tuple[float, ...]


def measure_forests(runs: int = 1, pictures: Path = PICTURES, drawings: Path = DRAWINGS) -> ForestFigures:
    logging.disable(logging.ERROR)
    alone = rapidocr_alone()
    found = [medians([lambda p=p: read_afresh(p), lambda p=p: alone(p)], runs) for p in pictures_of(pictures)]
    ratios = tuple(ours / theirs for ours, theirs in found)
    return ForestFigures(tuple(ours for ours, _ in found), ratios, tuple(time_drawn(drawings, runs)))


def medians(works: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Return the median CPU seconds of each work. They take turns; the first, which loads models, is not counted."""
    times = [[cpu_seconds(work) for work in works] for _ in range(runs + 1)]
    return [median(column) for column in zip(*times[1:], strict=True)]


def cpu_seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def pictures_of(path: Path) -> list[Picture]:
    """Return the pictures of a PDF that may hold a plot."""
    with PdfDocument(path) as document:
        pages = enumerate(document, 1)
        return [p for number, page in pages for p in pictures_on(page, number) if may_hold_plot(p.pixels)]


def read_afresh(picture: Picture) -> None:
    """Make the canvas of a picture with an empty cache."""
    with TemporaryDirectory() as folder:
        canvas_of(picture, Path(folder))


def rapidocr_alone() -> Callable[[Picture], object]:
    """Return rapidocr with its own settings, but on one core and without its step for text that is upside down."""
    from rapidocr import RapidOCR

    threads = "EngineConfig.onnxruntime"
    one_core = {f"{threads}.intra_op_num_threads": 1, f"{threads}.inter_op_num_threads": 1}
    engine = RapidOCR(params={**one_core, "Global.use_cls": False, "Global.log_level": "error"})
    return lambda picture: engine(picture.pixels[:, :, ::-1])


def time_drawn(path: Path, runs: int) -> list[float]:
    """Return the CPU seconds per plot for each page with drawn plots."""
    pages = sorted({plot.box.page for plot in read_forests(path)})
    times = []
    for page in pages:
        plots = len(read_forests(path, range(page, page + 1)))
        [taken] = medians([lambda page=page: read_forests(path, range(page, page + 1))], runs)
        times.append(taken / plots)
    return times


if __name__ == "__main__":
    print(measure_forests())
