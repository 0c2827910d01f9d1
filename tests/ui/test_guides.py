"""The guides in both languages: of one build, in the window's own words, and shipped with it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from faceapp.paths import guides_dir
from faceapp.ui.help.guide import GUIDES, GuideLost, read_guide, slug
from faceapp.ui.translation import LANGUAGES
from faceapp.ui.words.help import CHAPTER_OF
from tests.ui.german import GERMAN, translations

FENCE = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`]+`")
# Words that the page on privacy explains, which are on no button.
EXPLAINED = {
    "template",
    "templates",
    "biometric data",
    "Vorlage",
    "Vorlagen",
    "biometrisches Datum",
}
# What others say: Qt, and the command line, which speaks English.
OF_OTHERS = {"could not load the qt platform plugin", "the display … cannot be reached"}
LEAST_LETTERS = 8

PAIRS = list(zip(GUIDES["en"], GUIDES["de"], strict=True))
DOCUMENTS = [(language, name) for language, names in GUIDES.items() for name in names]


def document(name: str) -> str:
    return (guides_dir() / name).read_text("utf-8")


def texts(language: str) -> set[str]:
    """All texts of the window, without the marks of keys."""
    found = GERMAN.values() if language == "de" else translations.sources()
    return {one.replace("&", "") for one in found}


def chapters(text: str) -> list[str]:
    return re.split(r"^(?=#+ )", FENCE.sub("", text), flags=re.MULTILINE)


def outline(text: str) -> list[str]:
    """What a document is built of: levels of headings, rows of tables, items, paragraphs."""
    parts = [part.strip().splitlines() for part in FENCE.sub("<code>\n", text).split("\n\n")]
    return [
        " ".join([_kind(first) or "text", *filter(None, map(_kind, more))])
        for first, *more in parts
    ]


def _kind(line: str) -> str:
    """Name what begins with this line; nothing if the line only goes on."""
    found = re.match(r"#+ |\||- |\d+\. |<code>", line)
    mark = found[0].strip() if found else ""
    columns = re.findall(r"(?<!\\)\|", line)
    return f"{len(columns)} columns" if mark == "|" else mark


def commands(text: str) -> list[str]:
    """The lines of the code blocks without their comments."""
    lines = "\n".join(FENCE.findall(text)).splitlines()
    return [code for line in lines if (code := re.sub(r"(^|\s+)# .*", "", line))]


def emphasized(text: str) -> list[str]:
    plain = re.sub(r"\s+", " ", CODE.sub("", FENCE.sub("", text)))
    return re.findall(r"\*\*?([^*]+)\*\*?", plain)


def numbers(text: str) -> Counter[str]:
    plain = CODE.sub("", text)
    return Counter(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d{3})", "", plain)))


def test_there_is_a_guide_in_every_language_of_the_window() -> None:
    assert set(GUIDES) == set(LANGUAGES)


@pytest.mark.parametrize(("english", "german"), PAIRS)
def test_both_languages_are_built_alike(english: str, german: str) -> None:
    one, other = document(english), document(german)
    assert outline(one) == outline(other)
    assert len(outline(one)) > 10
    assert commands(one) == commands(other)


@pytest.mark.parametrize(("english", "german"), PAIRS)
def test_both_languages_name_the_same_commands_and_numbers(english: str, german: str) -> None:
    for one, other in zip(chapters(document(english)), chapters(document(german)), strict=True):
        assert Counter(CODE.findall(one)) == Counter(CODE.findall(other)), one.splitlines()[0]
        assert numbers(one) == numbers(other), one.splitlines()[0]


@pytest.mark.parametrize(("english", "german"), PAIRS)
def test_both_languages_name_the_same_parts_of_the_window(english: str, german: str) -> None:
    twins = {one.replace("&", ""): other.replace("&", "") for one, other in GERMAN.items()}
    for one, other in zip(chapters(document(english)), chapters(document(german)), strict=True):
        known = [twins[name] for name in emphasized(one) if name in twins]
        assert Counter(known) - Counter(emphasized(other)) == Counter(), one.splitlines()[0]


@pytest.mark.parametrize(("language", "name"), DOCUMENTS)
def test_what_a_guide_names_is_in_the_window(language: str, name: str) -> None:
    plain = CODE.sub("", FENCE.sub("", document(name))).replace("\n", " ")
    bold = re.findall(r"\*\*([^*]+)\*\*", plain) if name.startswith("user-guide") else []
    # A paragraph may begin with a sentence or a quotation in bold.
    named = [one for one in bold if not re.search(r"\.$|[\"“]\.?$", one)]
    named += re.findall(r"(?<!\*)\*([^* ][^*]*)\*(?!\*)", plain)
    assert len(named) > 5
    wanted = {re.sub(r"\s+", " ", one) for one in named} - EXPLAINED
    assert wanted - texts(language) == set()


@pytest.mark.parametrize("language", GUIDES)
def test_what_a_guide_quotes_is_said_by_the_window(language: str) -> None:
    plain = CODE.sub("", FENCE.sub("", document(GUIDES[language][0])))
    marks = {"en": r"\"([^\"]+)\"", "de": r"„([^“]+)“"}[language]
    quoted = {re.sub(r"\s+", " ", one).lower() for one in re.findall(marks, plain)} - OF_OTHERS
    assert len(quoted) > 15
    said = {one.lower() for one in texts(language)}
    assert [one for one in quoted if not _is_said(one, said)] == []


def _is_said(quotation: str, said: set[str]) -> bool:
    part = re.escape(quotation.rstrip(".")).replace("…", ".*")
    for text in said:
        if re.search(rf"(^|\b|\W){part}(\W|\b|$)", text):
            return True
        # With something filled in. Of "{name} ({person})" anything would be a quotation.
        filled = re.sub(r"\\\{[^}]*\}", ".+", re.escape(text))
        if len(re.sub(r"\{[^}]*\}|\W", "", text)) >= LEAST_LETTERS and re.fullmatch(
            filled, quotation
        ):
            return True
    return False


@pytest.mark.parametrize("language", GUIDES)
def test_every_link_in_the_window_leads_to_one_heading(language: str) -> None:
    text = FENCE.sub("", read_guide(language))
    anchors = Counter(slug(one) for one in re.findall(r"^#+ (.+)$", text, re.MULTILINE))
    targets = re.findall(r"\]\(([^)]*)\)", text)
    assert len(targets) >= 3
    assert {anchors[target.removeprefix("#")] for target in targets} == {1}


@pytest.mark.parametrize("language", GUIDES)
def test_the_window_shows_all_but_the_contents(language: str) -> None:
    guide, *others = (document(name) for name in GUIDES[language])
    contents = guide.partition("\n## ")[0].splitlines()
    assert [line for line in contents[1:] if not re.fullmatch(r"(- \[.+\]\(#.+\))?", line)] == []
    listed = [line[3:].partition("]")[0] for line in contents if line.startswith("- ")]
    shown = re.findall(r"^## (.+)$", read_guide(language), re.MULTILINE)
    assert shown == [*listed, *(other.splitlines()[0].removeprefix("# ") for other in others)]


@pytest.mark.parametrize("language", GUIDES)
def test_every_page_has_its_chapter(language: str) -> None:
    shown = re.findall(r"^## (.+)$", read_guide(language), re.MULTILINE)
    for title in CHAPTER_OF.values():
        assert (GERMAN[title.source] if language == "de" else title.source) in shown


@pytest.mark.parametrize("hurt", ["missing", "a folder", "empty", "no text", "no chapter"])
@pytest.mark.parametrize("name", GUIDES["en"])
def test_a_damaged_guide_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, hurt: str
) -> None:
    for each in GUIDES["en"]:
        (tmp_path / each).write_text(document(each), "utf-8")
    path = tmp_path / name
    path.unlink()
    if hurt == "a folder":
        path.mkdir()
    elif hurt != "missing":
        wrong = {"empty": b"", "no text": b"# \xff\n\n## \xfe\n", "no chapter": b"# Title\n"}
        path.write_bytes(wrong[hurt])
    monkeypatch.setattr("faceapp.ui.help.guide.guides_dir", lambda: tmp_path)
    with pytest.raises(GuideLost) as lost:
        read_guide("en")
    assert lost.value.path == path


def test_links_out_of_the_guide_are_only_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (
        "# Guide\n\n## One\n\n[in](#one) [there](privacy.md) [code](../README.md)"
        " [net](https://example.org)\n"
    )
    (tmp_path / "user-guide.md").write_text(guide, "utf-8")
    (tmp_path / "privacy.md").write_text("# All else\n\n## Two\n\n[back](user-guide.md)\n", "utf-8")
    monkeypatch.setattr("faceapp.ui.help.guide.guides_dir", lambda: tmp_path)
    assert read_guide("en").split() == [
        *("##", "One", "[in](#one)", "[there](#all-else)", "code", "net"),
        *("##", "All", "else", "###", "Two", "back"),
    ]
