"""Two people who rule on one paper: what counts, what they disagree on, how far they agree."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from validations.rulings.matching import Ruling, read_rulings, ruling_key
from validations.rulings.reviewers import (
    agreement,
    count_of_reviewers,
    disagreements,
    file_for,
    file_of,
    read_reviews,
    rulings_of_one,
    rulings_that_count,
    slug_of,
)
from validations.rulings.writing import RulingError


def ruling(row: str, verdict: str, by: str) -> Ruling:
    place = {"code": "PCT001", "exhibit": "table1", "row": row, "column": "n", "printed": f"n={row}"}
    return {**place, "verdict": verdict, "why": f"why {by}", "by": by, "on": "2026-11-30"}


def reviews(ann: Sequence[str], bo: Sequence[str]) -> Mapping[str, Sequence[Ruling]]:
    """The verdicts of Ann and Bo on the rows from 1; "" for none."""
    kinds = {"p": "paper_error", "e": "explained"}
    return {
        name: [ruling(str(row), kinds[kind], name) for row, kind in enumerate(given, 1) if kind]
        for name, given in (("Ann", ann), ("Bo", bo))
    }


def rows(found: Sequence[Ruling]) -> list[tuple[str, str]]:
    return [(each["row"], each["by"]) for each in found]


def write(path: Path, entries: Sequence[Ruling]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for each in entries:
            lines = [f"{name} = {value}" if name == "on" else f'{name} = "{value}"' for name, value in each.items()]
            file.write("\n".join(["[[verdict]]", *lines, "", ""]))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ann Smith", "ann-smith"),
        ("../../etc", "etc"),
        ("José Núñez", "jose-nunez"),
        (".hidden", "hidden"),
        ("a" * 99, "a" * 60),
    ],
)
def test_a_name_becomes_that_of_a_file(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_names_without_latin_letters_have_files_of_their_own() -> None:
    assert len({slug_of("王芳"), slug_of("李娜"), slug_of("…")}) == 3


def test_only_what_both_say_counts_and_a_settled_ruling_stands_above_all() -> None:
    both = reviews(["p", "p", "e", ""], ["p", "e", "e", "p"])
    assert rows(rulings_that_count([], both)) == [("1", "Ann and Bo"), ("3", "Ann and Bo")]
    assert rows(rulings_of_one([], both)) == [("2", "Ann"), ("2", "Bo"), ("4", "Bo")]
    assert [ruling_key(pair.rulings[0])[2] for pair in disagreements([], both)] == ["2"]
    settled = [ruling("2", "explained", "Cem"), ruling("1", "explained", "Cem")]
    assert rows(rulings_that_count(settled, both)) == [("2", "Cem"), ("1", "Cem"), ("3", "Ann and Bo")]
    assert rows(rulings_of_one(settled, both)) == [("4", "Bo")]
    assert disagreements(settled, both) == []


def test_a_ruling_without_reason_does_not_count() -> None:
    both = reviews(["p"], ["p"])
    both["Bo"][0]["why"] = ""  # type: ignore[index]
    assert rulings_that_count([], both) == ()


@pytest.mark.parametrize(
    ("ann", "bo", "agreed", "kappa"),
    [
        ("pppppeeeee", "pppppeeeee", 10, 1.0),
        ("ppppeeeeee", "pppppeeeee", 9, 0.8),
        ("pe", "ep", 0, -1.0),
        ("pppp", "pppp", 4, None),
        ("pppp", "ppee", 2, 0.0),
        ("p" * 20 + "p" * 5 + "e" * 10 + "e" * 15, "p" * 20 + "e" * 5 + "p" * 10 + "e" * 15, 35, 0.4),
    ],
)
def test_cohens_kappa(ann: str, bo: str, agreed: int, kappa: float | None) -> None:
    found = agreement(reviews(list(ann), list(bo)))
    assert (found.both, found.agreed) == (len(ann), agreed)
    assert found.kappa == (None if kappa is None else pytest.approx(kappa))


def test_without_common_findings_there_is_no_agreement_to_speak_of() -> None:
    assert agreement(reviews(["p", ""], ["", "e"])).both == 0
    assert agreement({}).kappa is None


def test_each_has_a_file_and_nobody_writes_into_that_of_another(tmp_path: Path) -> None:
    paper = tmp_path / "li2024.toml"
    write(tmp_path / "li2024" / "ann-smith.toml", [ruling("1", "explained", "Ann Smith")])
    assert file_of(paper, "Ann Smith") == tmp_path / "li2024" / "ann-smith.toml"
    with pytest.raises(RulingError, match="holds the rulings of Ann Smith"):
        file_of(paper, "Ann-Smith")
    assert list(read_reviews(paper)) == ["Ann Smith"]
    assert read_reviews(tmp_path / "other.toml") == {}


def test_a_third_person_settles_and_the_two_do_not(tmp_path: Path) -> None:
    paper, both = tmp_path / "li2024.toml", reviews(["p", "p"], ["e", "p"])
    for name, entries in both.items():
        write(tmp_path / "li2024" / f"{name.lower()}.toml", entries)
    assert read_reviews(paper).keys() == {"Ann", "Bo"}
    assert read_rulings(tmp_path / "li2024" / "ann.toml") == tuple(both["Ann"])
    first, second = (ruling_key(each) for each in both["Ann"])
    assert file_for(paper, "Cem", first) == paper
    assert file_for(paper, "Cem", second).name == "cem.toml"
    assert file_for(paper, "Ann", first).name == "ann.toml"


@pytest.mark.parametrize(
    ("package", "count"), [("{}", 1), ('{"reviewers": 2}', 2), ('{"reviewers": "2"}', 1), (None, 1)]
)
def test_the_data_package_says_how_many_rule(tmp_path: Path, package: str | None, count: int) -> None:
    if package is not None:
        (tmp_path / "datapackage.json").write_text(package)
    assert count_of_reviewers(tmp_path) == count
