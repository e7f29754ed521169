"""The patients who responded, one by one."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, text
from schemas.base.uses import TableCounts


class Responders(Exhibit, place=5):
    """A record a patient with a response."""

    patient: Series[str] = text("Patient", "Number or name of the patient in the list.")
    best_response: Series[str] = text("Best response", "CR or PR, as printed.", required=True)
    pd_l1: Series[str] = text("PD-L1", "PD-L1 expression as printed, with its signs.")
    tmb: Series[str] = text("TMB", "Tumour mutational burden as printed, with its unit.")
    msi: Series[str] = text("MSI", "Microsatellite instability as printed.")
    subtype: Series[str] = text("Subtype", "Histological subtype as printed.", required=True)

    class Config(Exhibit.Config):
        unique = ["row"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("patient",)

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("best_response", "msi", "subtype")

    @classmethod
    def table_counts(cls) -> TableCounts:
        return TableCounts(rows="responders", data=("pd_l1", "tmb", "msi"))

    @classmethod
    def sample_csv(cls) -> str:
        return """\
patient,best_response,subtype,pd_l1,msi
1,CR,angiosarcoma,10%,stable
2,PR,leiomyosarcoma,<1%,stable
"""
