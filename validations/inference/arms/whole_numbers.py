"""Tells from its label whether a quantity is a whole number beyond doubt: things that are counted one by one."""

import re

from validations.tables import Record, Table

_COUNTED = (
    r"(?:adverse |serious |bleeding |vascular )?events?|episodes?|attacks?|seizures?|relapses?|falls|exacerbations?|"
    r"infections|admissions|hospitali[sz]ations|readmissions|visits|contacts|consultations|sessions|cycles|courses|"
    r"regimens|lines|doses|tablets|drugs|medications|antihypertensives|antiarrhythmics|operations|procedures|surgeries|"
    r"injections|transfusions|lesions|metastases|nodes|tumou?rs|polyps|nodules|fractures|teeth|ulcers|joints|"
    r"pregnancies|births|deliveries|miscarriages|abortions|children|siblings|oocytes|embryos|follicles|eggs|"
    r"stents|vessels|grafts|implants|cigarettes|drinks|meals|comorbidities|symptoms|words|items|errors|falls|"
    r"messages|calls|pregnancies|attempts|VAP"
)
_NUMBER_OF = re.compile(
    rf"\b(?:numbers?|no\.|nr\.?|nos?|#)\s+(?:of\s+)?(?:[\w-]+\s+){{0,3}}?(?:{_COUNTED})\b", re.IGNORECASE
)
_ALONE = re.compile(r"(?:parity|gravidity|gravida|para|comorbidities|days with [a-z ]+)\b", re.IGNORECASE)
_NOT_WHOLE = re.compile(
    r"\bper\b|/|\blog|\bratio\b|\brate\b|\bscore\b|\bdensity\b|\bindex\b|\bweekly\b|\bdaily\b|\bmonthly\b|\bmean of\b|"
    r"\baverage\b|\badjusted\b|\bleast[- ]squares?\b|\bLS\b|\bgeometric\b|z-score|%",
    re.IGNORECASE,
)


def counts_things(table: Table, record: Record) -> bool:
    """Whether the label of the record, or the heading over it, says that things are counted one by one: "Number of
    lesions", not ages, durations, rates, scores or what a table does not name."""
    texts = [record[name] for name in ("section", "outcome", "level", "label") if record[name]]
    named = any(_NUMBER_OF.search(text) or _ALONE.match(text) for text in texts)
    return named and not any(_NOT_WHOLE.search(_plain(text)) for text in (*texts, record["unit"], record["adjusted"]))


def _plain(text: str) -> str:
    """The text without "n (%)" and "male/female", which say nothing of what is counted."""
    return re.sub(r"n ?\(%\)", "", text)
