"""Which sizes of exhibits a claim means, and which it does not."""

import pytest

from validations.checks.claims.wholes import claimed_whole_is_not_that_of_its_exhibit as sizes
from validations.manual.examples import example_table, sheets
from validations.registry import Fault, NotCheckable
from validations.tables import Paper

SUBGROUPS = """
fig4: forest, defines LPS=liposarcoma MLS=myxoid_liposarcoma, says Responses by histologic subtype
kind      label  measure     total  estimate
subgroup  LPS    proportion  50     0.1
subgroup  MLS    proportion  20     0.1
subgroup  LMS    proportion  30     0.1

fig5: forest, says Severe adverse events
kind   group  label      measure     total  estimate
study  Alpha  Alva 2020  proportion  20     0.1
study  Alpha  Boro 2021  proportion  31     0.1

table1: study_arms
study      sample_size
Alva 2020  20
Alva 2020  22
Boro 2021  31

table3: responders
best_response  pd_l1  tmb  msi
CR             N/A    N/A  High
PR             0%     N/A  N/A
PR             N/A    N/A  Ν/Α
"""


def answer(text: str, subject: str, value: str, unit: str) -> object:
    claims = (
        f"claims: claims\nrow  text  measure  subject  value  unit\n1  {text}  count  {subject}  {value}  {unit}\n\n"
    )
    tables = [example_table(sheet) for sheet in sheets(claims + SUBGROUPS.strip())]
    (found,) = sizes(Paper({table.name: table for table in tables}))
    return found


@pytest.mark.parametrize(
    ("text", "subject", "value", "unit"),
    [
        ("a review of 2 studies", "studies in the review", "2", "studies"),
        ("a review of 3 studies", "studies in the review", "3", "studies"),
        ("in total 73 patients", "patients", "73", "patients"),
        ("80 patients with a subtype", "patients, subtype was known", "80", "patients"),
        ("100 patients with a subtype", "patients, subtype was known", "100", "patients"),
        ("of 51 patients", "patients, analysis of safety", "51", "patients"),
        ("2 responders had data", "responders, data on biomarkers", "2", "responders"),
        ("of the 3 responders", "responders", "3", "responders"),
    ],
)
def test_a_size_that_an_exhibit_has_is_silent(text: str, subject: str, value: str, unit: str) -> None:
    assert answer(text, subject, value, unit) is None


@pytest.mark.parametrize(
    ("text", "subject", "value", "unit"),
    [
        ("a review of 4 studies", "studies in the review", "4", "studies"),
        ("3 distinct studies", "distinct studies", "3", "studies"),
        ("90 patients with a subtype", "patients, subtype was known", "90", "patients"),
        ("in total 74 patients", "patients", "74", "patients"),
        ("1 responder had data", "responders, data on biomarkers", "1", "responders"),
    ],
)
def test_a_size_that_no_exhibit_has_is_found(text: str, subject: str, value: str, unit: str) -> None:
    assert isinstance(answer(text, subject, value, unit), Fault)


@pytest.mark.parametrize(
    ("text", "subject", "value", "unit"),
    [
        ("7 studies from China", "studies from China", "7", "studies"),
        ("7 studies were pooled", "studies, disease control was analysed", "7", "studies"),
        ("9 studies in the meta-analysis of survival", "studies in the meta-analysis of survival", "9", "studies"),
        ("of 40 patients", "patients", "40", "patients"),
        ("12 patients had sarcoma", "patients, elderly", "12", "patients"),
        ("of the 5 responders", "responders", "5", "responders"),
    ],
)
def test_a_size_of_something_else_is_not_compared(text: str, subject: str, value: str, unit: str) -> None:
    assert isinstance(answer(text, subject, value, unit), NotCheckable)
