"""Texts that a spreadsheet might run, or take for something else."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from faceapp.export.guard import guarded, without_guard
from faceapp.export.tables import Table
from faceapp.export.writing import write_table
from tests.export.conftest import read_rows


def one_column(*cells: str) -> Table:
    return Table("table", ("column",), [(cell,) for cell in cells])


RUN = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+49 30 1234",
    "-1",
    "@SUM(A1)",
    "|calc",
    "\r=1",
    "\n=1",
    "\x00=1",
    "\x1f=1",
    " =1",
    "\u00a0=1",
    "\u200e=1",
    "\ufeff=1",
    "'=1",
    "''=1",
    "' =1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM",
    "\ufe66x",
    "\u2212" + "1",
]
HARMLESS = ["", "Grace", "a=1", "'Grace", "#1", "1-1", "é", "李", "'", "👩", "(1)", "O'Neill"]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert without_guard(guarded(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x;=1+1", "x;'=1+1"),
        ("\t=1", "'\t'=1"),
        ("10a; =1", "10a;' =1"),
        ("=1;@2\t-3", "'=1;'@2\t'-3"),
        ("Zoë; Müller", "Zoë; Müller"),
        ("a;'=1", "a;''=1"),
    ],
)
def test_what_another_separator_would_make_a_cell_is_guarded(text: str, expected: str) -> None:
    assert guarded(text) == expected
    assert without_guard(expected) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert without_guard(text) == text


def starts_a_formula(cell: str) -> bool:
    """Look at the first sign a spreadsheet would see, independently of the code."""
    bare = cell.lstrip()
    while bare and unicodedata.category(bare[0]) in ("Cf", "Cc", "Zs"):
        bare = bare[1:]
    return unicodedata.normalize("NFKC", bare[:1])[:1] in ("=", "+", "-", "@")


TEXTS = st.one_of(
    st.text(max_size=40),
    st.tuples(st.sampled_from(RUN + HARMLESS), st.text(max_size=5)).map("".join),
    st.tuples(st.text("'=+-@ \t\r\x00\uff1d", max_size=6), st.text(max_size=5)).map("".join),
)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_comes_back_out_of_a_csv(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.csv"
    write_table(path, one_column(*texts))
    # CSV parts lines at an empty line of one column; the reader gives it as no cell at all.
    cells = [str(row[0]) if row else "" for row in read_rows(path)[1:]]
    assert not any(starts_a_formula(cell) for cell in cells)
    kept = [text.encode("utf-8", "replace").decode() for text in texts]
    assert [without_guard(cell) for cell in cells] == kept


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(["\r\n", "a\rb"])
def test_any_text_is_a_text_in_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.xlsx"
    write_table(path, one_column(*texts))
    sheet = openpyxl.load_workbook(path)["table"]
    for text, (cell,) in zip(
        texts, sheet.iter_rows(min_row=2, max_row=1 + len(texts)), strict=True
    ):
        assert cell.data_type != "f"
        shown = "" if cell.value is None else str(cell.value)
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        assert len(shown) == len(lines)
        same = [a for a, b in zip(shown, lines, strict=True) if a in (b, "\ufffd")]
        assert len(same) == len(lines)


@pytest.mark.parametrize("text", [*RUN, "#N/A", "#REF!", "=", "_x0041_", "1", "TRUE", "2026-01-01"])
def test_a_workbook_never_computes_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.xlsx"
    write_table(path, one_column(text))
    cell = openpyxl.load_workbook(path)["table"]["A2"]
    assert cell.data_type == "s"
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="e"' not in sheet
    if guarded(text) != text:
        assert cell.quotePrefix


def test_what_excel_would_read_as_an_escape_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_table(path, one_column("_x0041_"))
    with zipfile.ZipFile(path) as book:
        assert b"_x005F_x0041_" in book.read("xl/worksheets/sheet1.xml")
