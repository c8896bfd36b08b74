"""What authors write becomes HTML that cannot do more than text can."""

from html.parser import HTMLParser

import pytest

from simulator.web.markdown import MARKS, render, render_inline


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "![a](https://example.org/x.png)",
        '[a](https://example.org "x\\" onclick=\\"alert(1)")',
        "<a href='https://example.org' style='position:fixed'>a</a>",
    ],
)
def test_markup_in_a_pack_stays_text_or_vanishes(text):
    for tag, attributes in elements(render(text)):
        assert tag in ("p", "a")
        assert set(attributes) <= {"href", "title", "rel"}
        assert attributes.get("href", "https:").startswith("https:")


def elements(html):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(html)
    return found


@pytest.mark.parametrize("write", [str, lambda mark: f"&#x{ord(mark):X};", lambda mark: f"&#{ord(mark)};"])
def test_the_marks_for_options_cannot_be_written_by_an_author_in_any_way(write):
    for mark in MARKS:
        text = f'[x](https://example.org "{write(mark)}") {write(mark)} `{write(mark)}`'
        assert not set(MARKS) & set(render(text) + render_inline(text))


def test_links_lead_away_without_telling_where_from():
    assert 'rel="noopener noreferrer"' in render("[docs](https://example.org)")


def test_an_empty_header_of_a_table_is_an_ordinary_cell():
    html = render("| | kept |\n|---|---|\n| rows | 10 |\n")
    assert "<th></th>" not in html
    assert "<th>kept</th>" in html
