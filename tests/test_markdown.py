"""Long texts: what Markdown may become."""

import pytest

from welzijnportal import markdown


def test_naar_html_renders_the_usual_marks() -> None:
    html = markdown.naar_html("# Kop\n\nEen **vet** woord en [een link](https://voorbeeld.nl).\n\n- een\n- twee")
    assert "<h3>Kop</h3>" in html
    assert "<strong>vet</strong>" in html
    assert '<a href="https://voorbeeld.nl" rel="nofollow noopener ugc">een link</a>' in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(
    "aanval",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![pixel](https://spion.example/p.gif)",
        "[klik](javascript:alert(1))",
        "[klik](JaVaScRiPt:alert(1))",
        "[klik](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='javascript:alert(1)'>x</a>",
        "<style>body{display:none}</style>",
        "<iframe src=//spion.example></iframe>",
        "[x](<javascript:alert(1)>)",
    ],
)
def test_naar_html_leaves_nothing_that_runs_or_loads(aanval: str) -> None:
    html = markdown.naar_html(aanval).lower()
    for verboden in ("<script", "<img", "<iframe", "<style", 'href="javascript', 'href="data:', "onerror=alert(1)>"):
        assert verboden not in html.replace("&lt;", "[").replace("&gt;", "]")


@pytest.mark.parametrize("bom", ["> " * 5000, "[" * 20000, "*" * 20000, "`" * 19999, "#" * 1_000_000, "a" * 1_000_000])
def test_naar_html_survives_bombs(bom: str) -> None:
    assert len(markdown.naar_html(bom)) < 400_000


def test_naar_tekst_is_one_line_without_marks() -> None:
    assert markdown.naar_tekst("# Kop\n\nEen **vet** woord.") == "Kop Een vet woord."
