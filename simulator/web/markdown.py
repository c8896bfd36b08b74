"""Pack text to HTML: Markdown without raw HTML, then an allow list, because packs come from anyone."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

# Characters for private use, which `web/questions.py` uses as marks in rendered markup; authors have no use for them.
MARKS = [chr(0xE000 + number) for number in range(32)]
_WITHOUT_MARKS = dict.fromkeys(map(ord, MARKS))

_RENDERER = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "h3", "h4", "h5", "h6"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}


def render(text: str) -> Markup:
    """Return Markdown as sanitised block HTML; links open with no referrer and no opener."""
    return _clean(_RENDERER.render(text))


def render_inline(text: str) -> Markup:
    """Return a single line or paragraph of Markdown as sanitised HTML without a paragraph around it."""
    if "\n\n" in text.strip():
        return render(text)
    return _clean(_RENDERER.renderInline(text.strip()))


def _clean(html: str) -> Markup:
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "http"},
        link_rel="noopener noreferrer",
    )
    # An empty header cell, which Markdown's tables force on authors, heads nothing.
    cleaned = cleaned.replace("<th></th>", "<td></td>")
    # After the rest: a mark may also have been written as a character reference.
    cleaned = cleaned.translate(_WITHOUT_MARKS)
    return Markup(cleaned)  # noqa: S704 - sanitised above
