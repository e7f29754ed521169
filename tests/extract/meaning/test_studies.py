"""Lists of studies, as reviews print them."""

from collections.abc import Callable

from extract.meaning.reading import meanings_of
from extract.meaning.studies import StudyLabel, is_list_of_studies, study_labels
from extract.records.without_card import table_exhibits
from extract.tables.table import PrintedTable

Typed = Callable[..., PrintedTable]


def is_list(table: PrintedTable) -> bool:
    return is_list_of_studies(table, meanings_of(table))


def test_a_list_of_studies_is_a_sheet_with_the_references_apart(typed: Typed) -> None:
    table = typed(
        ["Study | Patients | Age"],
        ["Zhao et al. [20] | 38 | 54 (19-83)", "Zhao et al. [21] | 69 | 61 (33-80)", "Turco 2007 | 51 | 53.5"],
        "Characteristics of included studies",
    )
    (exhibit,) = table_exhibits([table])
    assert (exhibit.card.schema, len(exhibit.frame)) == ("sheet", 6)
    labels = exhibit.frame[["label", "notes"]].drop_duplicates().to_numpy().tolist()
    assert labels == [["Zhao et al.", "label:20"], ["Zhao et al.", "label:21"], ["Turco 2007", ""]]


def test_a_year_of_a_column_of_its_own_belongs_to_the_study(typed: Typed) -> None:
    table = typed(
        ["Author | Year | Patients"], ["Liu | 2011 | 38", "Liu | 2013 | 69", "Moreno | 2009 | 51"], "Included studies"
    )
    assert is_list(table)
    assert study_labels(table) == [StudyLabel("Liu 2011"), StudyLabel("Liu 2013"), StudyLabel("Moreno 2009")]


def test_studies_with_their_effects_are_results(typed: Typed) -> None:
    rows = ["Liu 2011 | 1.20 (0.90-1.60)", "Zhao 2012 | 0.80 (0.50-1.30)", "Turco 2007 | 1.05 (0.70-1.58)"]
    assert not is_list(typed(["Study | OR (95% CI)"], rows, "Odds ratios of the studies"))


def test_characteristics_of_patients_are_no_list_of_studies(typed: Typed) -> None:
    rows = ["Male | 24 | 25", "Diagnosed in 2010 | 12 | 13", "Stage [1] | 3 | 4", "Age | 54 | 55"]
    assert not is_list(typed(["Characteristic | Placebo | Drug"], rows, "Baseline"))
