"""Markdown to safe HTML, for the long texts that organisations write."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "hr", "code"}
MAX_LENGTH = 20_000

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 12}).disable(
    ["image", "html_block", "html_inline"]
)


def naar_html(tekst: str) -> SafeString:
    """Return sanitised HTML: no pictures, no HTML of the writer's own, links only to http(s), mail and phone.

    Headings start at level 3, below the page's own. Text past 20,000 characters is cut off.
    """
    html = _markdown.render(tekst[:MAX_LENGTH])
    for niveau in (6, 5, 4, 3, 2, 1):
        doel = "h3" if niveau < 3 else "h4"
        html = html.replace(f"<h{niveau}>", f"<{doel}>").replace(f"</h{niveau}>", f"</{doel}>")
    schoon = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(schoon)  # noqa: S308 - sanitised on the line above


def naar_tekst(tekst: str) -> str:
    """Return the text without any markup, on one line, for search and for descriptions."""
    return " ".join(nh3.clean(_markdown.render(tekst[:MAX_LENGTH]), tags=set()).split())
