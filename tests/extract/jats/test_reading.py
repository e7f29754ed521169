"""The text of a JATS XML, a paper curated from its XML alone, and the folders of PubMed Central."""

import json
from pathlib import Path
from shutil import copyfile

import pytest
from click.testing import CliRunner, Result

from extract.claims.claim import Claim
from extract.commands.cli import main
from extract.errors import PartFaults, UsageError
from extract.jats.claims_comparison import claims_with_xml
from extract.jats.packages import Package, package_in
from extract.jats.reading import read_jats, read_jats_claims

PDF = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles" / "kokkali2025.pdf"
RUN_IN_FOLDER = CliRunner()


def run(*arguments: str | Path) -> Result:
    return RUN_IN_FOLDER.invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def paper(tmp_path: Path, article: str, table4: str) -> Path:
    path = tmp_path / "paper.xml"
    path.write_text(article % table4, encoding="utf-8")
    return path


def test_figures_of_the_text_have_the_section_of_the_xml(paper: Path) -> None:
    claims = read_jats_claims(paper, PartFaults(paper))
    assert [(claim.section, claim.measure, claim.value) for claim in claims] == [
        ("abstract", "percent", "24"),
        ("methods", "count", "50"),
        ("results", "age_median", "54"),
        ("results", "pfs_median", "5.2"),
    ]
    assert {claim.read_by for claim in claims} == {"jats"}


def test_title_and_doi_are_those_of_the_article(paper: Path) -> None:
    read = read_jats(paper, PartFaults(paper))
    assert (read.title, read.doi) == ("A trial", "10.1/x")


def test_check_of_an_xml_writes_what_a_curated_paper_has(paper: Path, tmp_path: Path) -> None:
    result = run("check", paper, "--out", tmp_path / "k")
    assert result.exit_code == 0
    assert "tables: table4 (5 rows)" in result.stdout
    package = json.loads((tmp_path / "k" / "datapackage.json").read_text(encoding="utf-8"))
    [table] = [item for item in package["resources"] if item["name"] == "table4"]
    assert (package["source_pdf"]["edition"], table["exhibit"]["element"]) == ("jats", "tab4")
    assert "page" not in table["exhibit"]
    gate = run("validate", "k", "--curated", tmp_path, "--verdicts", tmp_path / "none")
    assert "release gate passed" in gate.stderr + gate.stdout


@pytest.mark.parametrize("option", [("--pages", "3"), ("--password", "x"), ("--xml", "other.xml")])
def test_options_of_pdfs_are_refused(paper: Path, option: tuple[str, str]) -> None:
    result = run("tables", paper, *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{option[0]} is for a PDF, and this is an XML" in result.stderr


def test_a_paper_is_curated_from_its_xml_alone(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw_pdfs").mkdir()
    paper = paper.rename(tmp_path / "raw_pdfs" / "smith2026.xml")
    assert run("new", "smith2026", paper, "--cards", "cards").exit_code == 0
    card = tmp_path / "cards" / "smith2026.toml"
    text = card.read_text(encoding="utf-8")
    assert 'doi = "10.1/x"' in text
    card.write_text(text.replace("unread = true", "").replace('licence = "unknown"', 'licence = "CC BY 4.0"'), "utf-8")
    result = run("extract", "smith2026", "--cards", "cards", "--out", "curated")
    assert result.exit_code == 0, result.stderr
    assert "1 exhibits from raw_pdfs/smith2026.xml" in result.stderr
    rows = (tmp_path / "curated" / "smith2026" / "table4.csv").read_text(encoding="utf-8").splitlines()
    assert {line.rpartition(",")[2] for line in rows[1:]} == {"jats"}


def test_extract_reads_the_xml_beside_the_pdfs(
    article: str, table4: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    raw = tmp_path / "raw_pdfs"
    raw.mkdir()
    copyfile(PDF, raw / "kokkali2025.pdf")
    (raw / "kokkali2025.xml").write_text(article % table4.replace("<td>41</td>", "<td>14</td>"), encoding="utf-8")
    result = run("extract", "kokkali2025", "--out", "curated")
    assert "from raw_pdfs/kokkali2025.pdf and raw_pdfs/kokkali2025.xml" in result.stderr
    rows = (tmp_path / "curated" / "kokkali2025" / "table4.csv").read_text(encoding="utf-8").splitlines()
    assert [line.endswith("+jats") for line in rows[1:]] == [False, True, True, True, True]
    readings = (tmp_path / "curated" / "kokkali2025" / "readings.csv").read_text(encoding="utf-8")
    assert "table4,1,n_evaluable,41,jats,14,page and XML differ; the page reads '41',RDR026" in readings


def claim(section: str, value: str, text: str = "") -> Claim:
    return Claim(section, text or f"it was {value}", "percent", value=value)


def test_claims_are_compared_section_by_section() -> None:
    compared = claims_with_xml(
        [claim("results", "24"), claim("results", "25"), claim("abstract", "7.0"), claim("methods", "3")],
        [claim("results", "24"), claim("discussion", "25"), claim("abstract", "7"), claim("results", "9")],
    )
    assert [item.read_by for item in compared.claims] == ["pdfplumber+jats", "", "", ""]
    assert [(item.row, item.evidence) for item in compared.differences] == [
        (2, "the XML states it in discussion: 'it was 25'"),
        (3, "the XML does not state it: 'it was 7.0'"),
        (0, "only the XML states 'it was 9' in results"),
        (0, "only the XML states 'it was 7' in abstract"),
    ]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (("a.nxml", "a.pdf", "fig1.jpg"), ("a.pdf", "a.nxml")),
        (("a.nxml", "main.pdf"), ("main.pdf", "a.nxml")),
        (("a.nxml", "a.pdf", "supplement.pdf"), ("a.pdf", "a.nxml")),
        (("a.nxml",), (None, "a.nxml")),
        (("PMC1.xml", "main.pdf"), ("main.pdf", "PMC1.xml")),
        (("main.xml", "main.pdf"), ("main.pdf", "main.xml")),
        (("notes.xml", "main.pdf"), None),
        (("main.pdf",), None),
        (("a.nxml", "b.nxml", "a.pdf"), None),
    ],
)
def test_packages_of_pubmed_central(tmp_path: Path, files: tuple[str, ...], found: tuple[str, str] | None) -> None:
    folder = tmp_path / "PMC1"
    folder.mkdir()
    for name in files:
        (folder / name).touch()
    wanted = None if found is None else Package(folder / found[0] if found[0] else None, folder / found[1])
    assert package_in(folder) == wanted


def test_a_package_with_several_pdfs_is_asked_about(tmp_path: Path) -> None:
    for name in ("a.nxml", "b.pdf", "c.pdf"):
        (tmp_path / name).touch()
    with pytest.raises(UsageError, match="holds 2 PDFs"):
        package_in(tmp_path)


def test_check_takes_the_folder_of_an_article(paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "PMC7"
    folder.mkdir()
    paper.rename(folder / "smith.nxml")
    result = run("check", folder, "--out", tmp_path / "k")
    assert "smith.nxml: A trial" in result.stdout


def test_corpus_reads_the_xml_of_an_article_without_pdf(paper: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from extract.corpus.files.sources import list_sources

    for name in ("PMC7", "PMC8"):
        (tmp_path / "library" / name).mkdir(parents=True)
        copyfile(paper, tmp_path / "library" / name / "smith.nxml")
    copyfile(PDF, tmp_path / "library" / "PMC8" / "smith.pdf")
    found = [
        Path(source.path).relative_to(tmp_path / "library").as_posix()
        for source in list_sources(str(tmp_path / "library"))
    ]
    assert found == ["PMC7/smith.nxml", "PMC8/smith.pdf"]


def test_corpus_does_with_the_folder_of_an_article_what_check_does(tmp_path: Path, table4: str, article: str) -> None:
    pytest.importorskip("pyarrow")
    folder = tmp_path / "library" / "PMC8"
    folder.mkdir(parents=True)
    copyfile(PDF, folder / "main.pdf")
    (folder / "smith.nxml").write_text(article % table4.replace("<td>41</td>", "<td>14</td>"), encoding="utf-8")
    run("check", folder, "--out", tmp_path / "k")
    result = run("corpus", tmp_path / "library", "--out", tmp_path / "out", "--workers", "1")
    assert "files: 1, different contents: 1 (1 done)" in result.stdout
    [found] = (tmp_path / "out" / "papers").iterdir()
    names = sorted(path.name for path in (tmp_path / "k").glob("*.csv"))
    assert names == sorted(path.name for path in found.glob("*.csv"))
    for name in names:
        assert (found / name).read_text(encoding="utf-8") == (tmp_path / "k" / name).read_text(encoding="utf-8")
    assert "RDR026" in (found / "findings.csv").read_text(encoding="utf-8")
    package = json.loads((found / "datapackage.json").read_text(encoding="utf-8"))
    assert package["source_xml"]["name"] == f"{found.name}.xml"
