"""Template tags and filters for every page: icons, Dutch dates and times, addresses that keep their parameters."""

import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django import template
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("icons/sprite.svg")


# A list of results draws 140 icons: each is made once, for static() alone would cost a millisecond a page.
@lru_cache(maxsize=1024)
def _icoon(naam: str, titel: str, klasse: str) -> SafeString:
    sprite = _sprite()
    if titel:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}#{}"/></svg>', klasse, titel, sprite, naam
        )
    soort = f"icon {klasse}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', soort, sprite, naam)


@register.simple_tag
def icoon(naam: str, titel: str = "", klasse: str = "") -> SafeString:
    """An icon of the sprite; without a title it is decoration and hidden from a screen reader."""
    return _icoon(naam or "informatie", titel, klasse)


@register.simple_tag
def tekening(naam: str, klasse: str = "") -> SafeString:
    """A drawing of our own in the sprite (beeldmerk, straat, leeg-huis, verdwaald), always decoration."""
    return format_html(
        '<svg class="drawing drawing--{} {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        naam,
        klasse,
        _sprite(),
        naam,
    )


def _lokaal(moment: datetime.date | datetime.time | None) -> datetime.date | datetime.time | None:
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        try:
            return timezone.localtime(moment)
        except (OverflowError, ValueError):
            return None
    return moment


@register.filter
def datum(moment: datetime.date | None) -> str:
    """'dinsdag 3 november'; the year is added when it is not this year."""
    dag = _lokaal(moment)
    if not isinstance(dag, datetime.date):
        return ""
    return format_date(dag, "l j F" if dag.year == timezone.localdate().year else "l j F Y")


@lru_cache(maxsize=512)
def _korte_dag(jaar: int, maand: int, dag: int) -> str:
    return format_date(datetime.date(jaar, maand, dag), "j F Y")


@register.filter
def korte_datum(moment: datetime.date | None) -> str:
    """'3 november 2026', for where the day of the week says nothing."""
    dag = _lokaal(moment)
    return _korte_dag(dag.year, dag.month, dag.day) if isinstance(dag, datetime.date) else ""


@register.filter
def tijd(moment: datetime.time | datetime.datetime | None) -> str:
    """'13.30 uur', the Dutch way."""
    klok = _lokaal(moment)
    if not isinstance(klok, (datetime.time, datetime.datetime)):
        return ""
    return f"{klok.hour}.{klok.minute:02d} uur"


@register.filter
def datumtijd(moment: datetime.datetime | None) -> str:
    """'dinsdag 3 november, 13.30 uur'."""
    return ", ".join(deel for deel in (datum(moment), tijd(moment)) if deel)


@register.filter
def km(afstand: float | Decimal | None) -> str:
    """A distance in kilometres as people say it: '800 m', '1,2 km', '34 km'."""
    try:
        waarde = Decimal(str(afstand))
    except InvalidOperation:
        return ""
    if not waarde.is_finite() or waarde < 0:
        return ""
    if waarde < Decimal("0.95"):
        return f"{max(int((waarde * 10).to_integral_value()), 1)}00 m"
    if waarde < 10:
        return f"{waarde:.1f} km".replace(".", ",").replace(",0 ", " ")
    return f"{waarde:.0f} km"


@register.filter
def aantal(getal: int, woorden: str) -> str:
    """{{ n|aantal:"organisatie,organisaties" }} gives '1 organisatie' or '1.200 organisaties'."""
    enkel, _, meer = woorden.partition(",")
    return f"{getal:,} {enkel if getal == 1 else meer}".replace(",", ".")


@register.filter
def tel(nummer: object) -> str:
    """The address behind a phone button; extra text in the number is left out."""
    tekst = str(nummer or "")
    cijfers = "".join(teken for teken in tekst if teken in "0123456789")
    return f"tel:{'+' if tekst.strip().startswith('+') else ''}{cijfers}"


@register.filter
def zonder_protocol(adres: str) -> str:
    """'www.voorbeeld.nl' of a web address, to read instead of to click."""
    return str(adres or "").removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


@register.simple_tag
def url_met(bron: HttpRequest | QueryDict | None, **wijzigingen: object) -> str:
    """The query of this page with some parameters set, or left out when the value is empty or None.

    A list replaces a repeated parameter. Changing anything else goes back to the first page.
    """
    if isinstance(bron, HttpRequest):
        bron = bron.GET
    vraag = bron.copy() if bron is not None else QueryDict(mutable=True)
    if "pagina" not in wijzigingen:
        vraag.pop("pagina", None)
    for naam, waarde in wijzigingen.items():
        if waarde is None or waarde == "":
            vraag.pop(naam, None)
        elif isinstance(waarde, (list, tuple)):
            vraag.setlist(naam, [str(deel) for deel in waarde])
        else:
            vraag[naam] = str(waarde)
    return f"?{vraag.urlencode()}"


@register.simple_tag
def paginareeks(nummer: int, laatste: int) -> list[int | None]:
    """The page numbers to show: first, last, the neighbours of this one; None is a gap."""
    wanted = sorted({1, laatste, *range(max(1, nummer - 1), min(laatste, nummer + 1) + 1)})
    reeks: list[int | None] = []
    for getal in wanted:
        if reeks and reeks[-1] is not None and getal - reeks[-1] == 2:
            reeks.append(getal - 1)
        elif reeks and reeks[-1] is not None and getal - reeks[-1] > 2:
            reeks.append(None)
        reeks.append(getal)
    return reeks


@register.inclusion_tag("componenten/broodkruimels.html")
def broodkruimels(*delen: str) -> dict[str, object]:
    """{% broodkruimels "Hulp vinden" url "Deze pagina" %}: text and address by turns, last the page itself."""
    paren = list(zip(delen[0:-1:2], delen[1:-1:2], strict=False))
    return {"kruimels": paren, "huidig": delen[-1] if len(delen) % 2 else ""}


class OnthoudNode(template.Node):
    """What stands between its tags, drawn once for each value of its key."""

    MEESTE = 8

    def __init__(self, sleutel: template.base.FilterExpression, inhoud: template.NodeList) -> None:
        self.sleutel, self.inhoud = sleutel, inhoud
        self.bewaard: dict[str, str] = {}

    def render(self, context: template.Context) -> str:
        sleutel = self.sleutel.resolve(context, ignore_failures=True)
        if not sleutel:
            return self.inhoud.render(context)
        bekend = self.bewaard.get(sleutel)
        if bekend is None:
            bekend = self.inhoud.render(context)
            if len(self.bewaard) < self.MEESTE:
                self.bewaard[sleutel] = bekend
        return bekend


@register.tag
def onthoud(parser: template.base.Parser, token: template.base.Token) -> OnthoudNode:
    """{% onthoud sleutel %}…{% endonthoud %}: a part that is the same on every page with this key; none for an empty key.

    For the frame of a page, which is half of the work of drawing it. The key may only have few values, and must
    say all on which the part depends.
    """
    delen = token.split_contents()
    if len(delen) != 2:
        raise template.TemplateSyntaxError("onthoud takes one key")
    inhoud = parser.parse(("endonthoud",))
    parser.delete_first_token()
    return OnthoudNode(parser.compile_filter(delen[1]), inhoud)


@register.filter
def opsplitsen(tekst: str) -> list[str]:
    """{% for waarde in "2,5,10"|opsplitsen %}: the parts of a literal list."""
    return tekst.split(",")


@register.filter
def op_plek(rij: list[object], plek: int) -> object:
    """The element of a list at a place that the template counts."""
    return rij[plek] if 0 <= plek < len(rij) else ""


@register.filter
def tot_en_met(getal: int) -> range:
    """{% for n in 4|tot_en_met %}: 1, 2, 3, 4."""
    return range(1, int(getal) + 1)


@register.filter
def aanloop(label: str) -> str:
    """A label with something to follow: 'Naam:' or, when it is a question already, 'Hoe heet u?'."""
    tekst = str(label).strip()
    return tekst if tekst.endswith(("?", ":", "!", ".")) else f"{tekst}:"
