"""The parts of a list of results that come dozens of times on a page, put together here: a template took ten times as long."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from welzijnportal.templatetags.portaal import icoon, km, korte_datum

register = template.Library()

# So many choices of a group stand open; the others fold away.
OPEN_KEUZES = 6


@register.filter
def feiten(resultaat: Mapping[str, Any]) -> SafeString:
    """The facts of one result as list items; the icon before each is drawn by its class in vinden.css."""
    haal = resultaat.get
    delen = []
    if haal("open_nu"):
        delen.append(f'<li class="is-good fact-klok">{escape(haal("open_nu"))}</li>')
    if haal("is_landelijk"):
        delen.append('<li class="fact-plaats">Heel Nederland</li>')
    elif haal("plaats"):
        afstand = "" if haal("afstand_km") is None else f", {km(haal('afstand_km'))}"
        delen.append(f'<li class="fact-plaats">{escape(haal("plaats"))}{afstand}</li>')
    if haal("gratis"):
        delen.append(f'<li class="fact-euro">{escape(haal("gratis_tekst") or "Gratis")}</li>')
    if haal("voor_wie"):
        delen.append(
            f'<li class="fact-mensen"><span><span class="visually-hidden">Voor: </span>{escape(haal("voor_wie"))}</span></li>'
        )
    if haal("is_verouderd"):
        delen.append('<li class="is-old fact-informatie">Mogelijk verouderd</li>')
    elif haal("gecontroleerd"):
        delen.append(f'<li class="fact-goedgekeurd">Nagekeken op {korte_datum(haal("gecontroleerd"))}</li>')
    return mark_safe("".join(delen))  # noqa: S308 - every value is escaped above


@register.simple_tag(takes_context=True)
def resultaatkaart(context: Context, resultaat: Mapping[str, Any], onder_kop: object = False) -> SafeString:
    """One result; `mijn_lijst` of the context holds the keys of what the visitor has gathered."""
    return mark_safe(_kaart(resultaat, context.get("mijn_lijst") or (), "h3" if onder_kop else "h2"))  # noqa: S308 - _kaart escapes


@register.simple_tag(takes_context=True)
def resultaatkaarten(context: Context, resultaten: Iterable[Mapping[str, Any]]) -> SafeString:
    """The numbered results of a list, as list items that the map can point to."""
    mijn_lijst = context.get("mijn_lijst") or ()
    return mark_safe(  # noqa: S308 - _kaart escapes
        "".join(f'<li id="nr-{r["nummer"]}">{_kaart(r, mijn_lijst, "h2")}</li>' for r in resultaten)
    )


def _kaart(resultaat: Mapping[str, Any], mijn_lijst: Container[int], kop: str) -> str:
    haal = resultaat.get
    pk = haal("pk")
    sleutel, beschreven = (f' id="o{pk}"', f' aria-describedby="o{pk}"') if pk else ("", "")
    delen = [f'<article class="result {escape(haal("thema_kleur") or "")}"><span class="gable">']
    delen.append(f"{icoon(haal('thema_icoon') or '')}</span><div><{kop}{sleutel}>")
    if haal("nummer"):
        delen.append(f'<span class="result-number" aria-hidden="true">{haal("nummer")}</span>')
    delen.append(f'<a href="{escape(haal("url") or "")}">{escape(haal("naam") or "")}</a></{kop}>')
    if haal("aanbod"):
        delen.append(f'<p class="result-offer">{escape(haal("aanbod"))}</p>')
    delen.append(f'<ul class="result-facts" role="list">{feiten(resultaat)}</ul></div>')
    if haal("telefoon"):
        nummer = escape(haal("telefoon_e164") or haal("telefoon"))
        delen.append(f'<a class="button button--secondary button--small result-call" href="tel:{nummer}"{beschreven}>')
        delen.append(f'<span><span class="visually-hidden">Bel </span>{escape(haal("telefoon"))}</span></a>')
    if pk:
        knop = f'class="button button--quiet button--small result-keep" id="bewaar-{pk}"'
        if pk in mijn_lijst:
            delen.append(f'<a {knop} href="/geef-door/"{beschreven}><span>In uw lijst</span></a>')
        else:
            delen.append(f'<button {knop} form="geef-door" name="organisatie" value="{pk}"{beschreven}>')
            delen.append("<span>Bewaar</span></button>")
    return "".join((*delen, "</article>"))


@register.filter
def keuzes(groep: Mapping[str, Any]) -> SafeString:
    """The choices of one group of filters, as options of a list or as labels with a box."""
    opties = groep["opties"]
    if groep.get("soort") == "select":
        return mark_safe("".join(map(_optie, opties)))  # noqa: S308 - _optie escapes
    begin = (
        f'<label class="filter-option"><input type="{groep.get("soort") or "checkbox"}" name="{escape(groep["naam"])}"'
    )
    html = _vakken(begin, opties[:OPEN_KEUZES])
    if len(opties) > OPEN_KEUZES:
        rest = _vakken(begin, opties[OPEN_KEUZES:])
        html += f'<details class="more"><summary>Meer keuzes</summary>{rest}</details>'
    return mark_safe(html)  # noqa: S308 - _vakken escapes


def _optie(optie: Mapping[str, Any]) -> str:
    gekozen = " selected" if optie.get("gekozen") else ""
    aantal = "" if optie.get("aantal") is None else f" ({optie['aantal']})"
    return f'<option value="{escape(optie["waarde"])}"{gekozen}>{escape(optie["tekst"])}{aantal}</option>'


def _vakken(begin: str, opties: Iterable[Mapping[str, Any]]) -> str:
    return "".join(
        f'{begin} value="{escape(optie["waarde"])}"{" checked" if optie.get("gekozen") else ""}>'
        f"<span>{escape(optie['tekst'])}</span>"
        + ("" if optie.get("aantal") is None else f'<span class="count">{optie["aantal"]}</span>')
        + "</label>"
        for optie in opties
    )
