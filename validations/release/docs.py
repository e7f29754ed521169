"""The Data Docs of Great Expectations, made so that they open without network: what they load from ten hosts, a MB
of bootstrap, jQuery and vega, is taken out of the pages, and a small style and an index without scripts take its place.
They are never the same twice (times, identifiers): for looking, not for keeping."""

import errno
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment

from validations.files.writing import write_text

SITE = "curated"
MARK = ".doubletake.docs"  # in a folder of our pages, from before the first to after the last
POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:"
_LOADED = re.compile(
    r" on[a-z]+=\"[^\"]*\"|<script\b.*?</script>|<(?:link|img)\b[^>]*(?:https?:)?//[^>]*>|<link\b[^>]*icon[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_STYLE = """
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem }
nav, .navbar, .cta, .modal, .footer, footer, #ge-cta-footer { display: none }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem }
td, th { border-bottom: 1px solid #8886; padding: .3rem .5rem; text-align: left; vertical-align: top }
.collapse { display: block } h1, h2, h3, h4, h5 { margin: 1rem 0 .3rem } .badge { border: 1px solid; padding: 0 .3em }
.fa-check-circle::before { content: "met" } .fa-times::before { content: "not met"; color: #c22; font-weight: 600 }
.page-actions, [id$=page-action-card], .btn { display: none }
.failed { color: #c22; font-weight: 600 }
"""
_INDEX = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Release gate</title>
<meta name="viewport" content="width=device-width"><style>{{ style }}</style>
<h1>Release gate</h1>
<p>What Great Expectations found of {{ pages | length }} sheets of the written CSVs.</p>
<table><tr><th>sheet</th><th>expectations</th><th>met</th></tr>
{% for page in pages %}<tr><td><a href="{{ page.path }}">{{ page.name }}</a></td><td>{{ page.count }}</td>
<td{% if page.met != page.count %} class="failed"{% endif %}>{{ page.met }}</td></tr>
{% endfor %}</table></html>
"""


def add_site(context: Any, folder: Path) -> None:  # noqa: ANN401 - of great_expectations
    """Have the context write its pages into `folder`; before anything is validated. OSError where other files are
    there: the folders and pages of an earlier report are removed."""
    _claim(folder)
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.resolve())}
    indexed = {"class_name": "DefaultSiteIndexBuilder"}
    config = {"class_name": "SiteBuilder", "store_backend": store, "site_index_builder": indexed}
    context.add_data_docs_site(SITE, {**config, "show_how_to_buttons": False})


def _claim(folder: Path) -> None:
    """Mark a folder as ours. OSError where it has files and no mark."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise FileExistsError(errno.EEXIST, "has files that are not ours; use another --data-docs", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / MARK, "")


def write_docs(context: Any, folder: Path) -> Path:  # noqa: ANN401
    """Write the pages; gives the path of the index."""
    for old in ("validations", "expectations"):
        shutil.rmtree(folder / old, ignore_errors=True)
    context.build_data_docs(site_names=[SITE])
    shutil.rmtree(folder / "static" / "images", ignore_errors=True)
    for path in folder.rglob("*.html"):
        path.write_text(offline(path.read_text(encoding="utf-8")), encoding="utf-8")
    index, store = folder / "index.html", context.validation_results_store
    results = [store.get(key) for key in store.list_keys()]
    pages = [{**_page(folder, result.suite_name), **_counts(result)} for result in results]
    template = Environment(autoescape=True).from_string(_INDEX)
    index.write_text(template.render(pages=sorted(pages, key=lambda page: page["name"]), style=_STYLE), "utf-8")
    return index


def offline(page: str) -> str:
    """A page without anything that is loaded from elsewhere or runs, and with a policy that keeps it so."""
    head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><style>{_STYLE}</style></head>'
    return _LOADED.sub("", page).replace("</head>", head, 1)


def _page(folder: Path, name: str) -> dict[str, Any]:
    [path] = (folder / "validations" / name).rglob("*.html")
    return {"name": name, "path": quote(path.relative_to(folder).as_posix())}


def _counts(result: Any) -> dict[str, int]:  # noqa: ANN401
    return {"count": len(result.results), "met": sum(item.success for item in result.results)}
