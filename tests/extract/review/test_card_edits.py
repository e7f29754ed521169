"""Entries of a card written and removed: everything else in its file stays."""

import tomllib

import pytest

from extract.errors import CardError
from extract.review.exhibits.card_edits import (
    with_misread,
    with_unread,
    with_unread_row,
    without_misread,
    without_unread_row,
)

CARD = """#:schema card.schema.json
doi = "10.1/x"   # as printed
cohort = 51

# the first table
[exhibits.table1]
label = "Table 1"
rows = 4 # counted by Ann
left_out = ["Total", 3] # sums
columns = [
  { head = "A", reads = "label" }, # labels
]

[[misread]] # the font
exhibit = "table1"
row = 2
column = "A"
read = "l2"
published = "12"
why = "1 and l alike"

[exhibits.table2]
label = "Table 2"
rows = 9
unread = true
"""
OTHER = {"exhibit": "table2", "row": 5, "column": "B", "read": "a", "published": "b", "why": "c"}
ROW = {"exhibit": "table1", "after": 1, "cells": ["Death", '2 "3"'], "page": 3}


def comments(text: str) -> list[str]:
    return [line[line.index("#") :] for line in text.splitlines() if "#" in line]


def test_a_repair_is_added_and_taken_away() -> None:
    text, before = with_misread(CARD, OTHER)
    assert before == {}
    assert tomllib.loads(text)["misread"][1] == OTHER
    assert comments(text) == comments(CARD)
    assert without_misread(text, OTHER) == CARD


def test_a_second_repair_of_a_cell_replaces_the_first() -> None:
    cell = {"exhibit": "table1", "row": 2, "column": "A"}
    text, before = with_misread(CARD, {**cell, "read": "l2", "published": "72", "why": "it is a seven"})
    assert before["published"] == "12"
    assert [each["published"] for each in tomllib.loads(text)["misread"]] == ["72"]
    assert comments(text) == comments(CARD)
    assert with_misread(text, before)[0] == CARD


def test_a_typed_row_moves_the_rows_below_it() -> None:
    text, before = with_unread_row(CARD, ROW, 2, 5)
    found = tomllib.loads(text)
    assert before == {"rows": 4}
    assert found["unread_row"] == [ROW]
    assert found["exhibits"]["table1"]["rows"] == 5
    assert found["exhibits"]["table1"]["left_out"] == ["Total", 4]
    assert [each["row"] for each in found["misread"]] == [3]
    assert comments(text) == comments(CARD)
    assert without_unread_row(text, ROW, 2, 4) == CARD


def test_rows_above_a_typed_row_keep_their_numbers() -> None:
    found = tomllib.loads(with_unread_row(CARD, {**ROW, "after": 4}, 5, 5)[0])
    assert found["exhibits"]["table1"]["left_out"] == ["Total", 3]
    assert [each["row"] for each in found["misread"]] == [2]


def test_an_exhibit_is_compared_with_its_page() -> None:
    text = with_unread(CARD, "table2", unread=False)
    assert "unread" not in tomllib.loads(text)["exhibits"]["table2"]
    assert with_unread(text, "table2", unread=True) == CARD
    assert with_unread(CARD, "table1", unread=False) == CARD


def test_what_is_not_there_cannot_be_taken_away() -> None:
    for take in (
        lambda: without_misread(CARD, OTHER),
        lambda: without_unread_row(CARD, ROW, 1, 4),
        lambda: with_unread(CARD, "table9", unread=False),
    ):
        with pytest.raises(CardError):
            take()


def test_entries_written_in_another_way_are_not_touched() -> None:
    with pytest.raises(CardError, match="written in another way"):
        with_misread('misread = [{ exhibit = "table1" }]\n', OTHER)
