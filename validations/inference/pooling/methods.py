"""The methods of pooling that are tried on a forest plot."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from validations.inference.pooling.studies import SOURCES
from validations.statistics.effects import LOG_EFFECT_MEASURES
from validations.statistics.mantel_haenszel import MANTEL_HAENSZEL
from validations.statistics.pooling import (
    TAU2,
)
from validations.statistics.rounding import FLOAT_ERROR
from validations.statistics.transforms import INVERSION_SIZES, PROPORTION_SCALES

MH = "Mantel-Haenszel"
MH_CORRECTED = "Mantel-Haenszel with empty cells corrected"
DL_ABOUT_MH = "DerSimonian-Laird about Mantel-Haenszel"
DL_ABOUT_MH_CORRECTED = f"{DL_ABOUT_MH} with empty cells corrected"
FIXED = "fixed effect"
MANTEL_HAENSZELS = (MH, MH_CORRECTED)
RANDOM_MODELS = (DL_ABOUT_MH, DL_ABOUT_MH_CORRECTED, *(model for model in TAU2 if model != FIXED))
EXACT_SOURCES = ("counts", "arms", "means")  # every method of pooling can be computed from these
TWO_ARM_SOURCES = ("arms", "means")  # the effect of each study is computed from its two arms
FEW_STUDIES = 3  # some programs use a fixed effect for fewer studies than this
ITERATION_ERROR = 1e-5  # programs stop iterating this near to the root, relative


@dataclass(frozen=True)
class PoolingMethod:
    """A method of pooling.

    `source`, `scale`: how effects are computed (see SOURCES). `model`: how they are weighted. `inversion_size`: the
    sample size of the back-transformation, for scales that need one. `fixed_below`: a group of fewer studies gets a
    fixed effect. `percent`: proportions are printed in percent.
    """

    source: str
    scale: str
    model: str
    inversion_size: str = ""
    hartung_knapp: bool = False
    fixed_below: int = 0
    percent: bool = False

    def __str__(self) -> str:
        scale = {"ratio": "log of the printed ratio", "difference": "printed estimate"}.get(self.scale, self.scale)
        parts = [f"{scale}, {self.model}", f"from the {self.source}" if self.source in ("counts", "arms") else ""]
        parts += ["Hartung-Knapp interval" if self.hartung_knapp else ""]
        parts += [f"fixed effect below {self.fixed_below} studies" if self.fixed_below else ""]
        parts += [f"back-transformed at the {self.inversion_size}" if self.inversion_size else ""]
        return ", ".join(part for part in parts if part)

    @property
    def error(self) -> float:
        """The relative error of the numbers that this method gives."""
        return ITERATION_ERROR if self.model in ("Paule-Mandel", "REML") else FLOAT_ERROR

    @property
    def is_ratio(self) -> bool:
        """Whether effects are logarithms of the printed numbers."""
        return self.scale in LOG_EFFECT_MEASURES or self.scale == "ratio"


def all_pooling_methods(source: str, *, percent: bool, few: bool) -> Iterator[PoolingMethod]:
    """Yield every method for a source, usual ones first. `few`: some group has fewer than FEW_STUDIES studies, to which
    some programs give a fixed effect."""
    for scale in SOURCES[source].effects:
        for method in _weighted(source, scale):
            for below in (0, FEW_STUDIES) if few and method.model in RANDOM_MODELS else (0,):
                yield replace(method, fixed_below=below, percent=percent)


def _weighted(source: str, scale: str) -> Iterator[PoolingMethod]:
    pooled = [PoolingMethod(source, scale, model) for model in (MH, DL_ABOUT_MH, MH_CORRECTED, DL_ABOUT_MH_CORRECTED)]
    methods = [PoolingMethod(source, scale, model) for model in TAU2] + [
        PoolingMethod(source, scale, model, "", True) for model in TAU2
    ]
    methods = [method for method in methods if not (method.hartung_knapp and method.model == FIXED)]
    if source == "arms" and scale in MANTEL_HAENSZEL:
        methods = [*pooled, *methods]
    sizes = INVERSION_SIZES if source == "counts" and PROPORTION_SCALES[scale].needs_n else [""]
    return (replace(method, inversion_size=size) for size in sizes for method in methods)
