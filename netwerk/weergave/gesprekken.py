"""Conversations as they are read: replies in order with one level below, names as links, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from netwerk.keuzes import CODETEKENS, Plaatsing, Voor
from netwerk.models import Blokkade, Gesprek, Hielp, Professional, Reactie
from welzijnportal.markdown import naar_html

PER_PAGINA = 50
WEG = "iemand die weg is"
_VERMELDING = re.compile(rf"@\[([{CODETEKENS}]{{12}})\]")


@dataclass
class Regel:
    """One reply as it is shown, with the replies to it that are on the same page."""

    reactie: Any
    html: SafeString
    naam: str
    mens_url: str
    is_antwoord: bool
    is_eigen: bool
    heeft_geholpen: bool
    # Of somebody whom the viewer blocked or who blocked the viewer: only the place is shown.
    is_geblokkeerd: bool = False
    vervolg: list[Regel] = field(default_factory=list)

    @property
    def is_weg(self) -> bool:
        return self.is_geblokkeerd or bool(self.reactie.plaatsing != Plaatsing.GEPLAATST)


def mens_url(mens: Professional | None, kijker: Professional | None) -> str:
    """Return the address of a person's page for who may find it, else ''."""
    if mens is None:
        return ""
    open_voor = kijker is not None and kijker.pk == mens.pk
    nodig = Voor.LEDEN if kijker else Voor.IEDEREEN
    return mens.get_absolute_url() if open_voor or mens.vindbaar_voor >= nodig else ""


def namen_in(teksten: Iterable[str], kijker: Professional | None) -> dict[str, str]:
    """Return for each '@[code]' the HTML of its name, a link for who may see the person; one query, or none."""
    codes = {code for tekst in teksten for code in _VERMELDING.findall(tekst)}
    if not codes:
        return {}
    gevonden = {}
    for mens in Professional.objects.filter(code__in=list(codes)[:500]).only("code", "naam", "vindbaar_voor"):
        url = mens_url(mens, kijker)
        naam = f"@{escape(mens.naam)}"
        gevonden[mens.code] = f'<a href="{url}">{naam}</a>' if url else naam
    return gevonden


def tekst_als_html(tekst: str, namen: dict[str, str], *, is_hoofdtekst: bool = False) -> SafeString:
    """Return safe HTML of a text, with the people who are named in it.

    Headings start at level 3, and of the main text, which follows the title of the page, at level 2.
    """
    html: str = naar_html(tekst)
    if is_hoofdtekst:
        for van, naar in (("h3", "h2"), ("h4", "h3")):
            html = html.replace(f"<{van}>", f"<{naar}>").replace(f"</{van}>", f"</{naar}>")
    return mark_safe(_VERMELDING.sub(lambda treffer: namen.get(treffer[1], f"@{WEG}"), html))  # noqa: S308 - both safe


def om_te_wijzigen(tekst: str) -> str:
    """Return a text as its writer may change it: '@[code]' as '@Name', one query when there is any."""
    codes = _VERMELDING.findall(tekst)
    if not codes:
        return tekst
    namen = dict(Professional.objects.filter(code__in=codes).values_list("code", "naam"))
    return _VERMELDING.sub(lambda treffer: f"@{namen.get(treffer[1], WEG)}", tekst)


def pagina_van(nummer: int) -> int:
    """Return on which page the reply of this number stands; withdrawn ones keep their place."""
    return max(1, -(-nummer // PER_PAGINA))


def reacties_van(gesprek: Gesprek, kijker: Professional | None, pagina: int) -> list[Reactie]:
    """Return the replies of a page by their numbers, one range of an index however long the conversation is."""
    vanaf = (pagina - 1) * PER_PAGINA
    geholpen = Hielp.objects.filter(reactie=OuterRef("pk"), professional=kijker.pk if kijker else None)
    return list(
        Reactie.objects.filter(gesprek=gesprek, nummer__gt=vanaf, nummer__lte=vanaf + PER_PAGINA)
        .select_related("auteur")
        .annotate(heb_ik_geholpen=Exists(geholpen), is_geblokkeerd=Exists(Blokkade.objects.tussen(kijker, "auteur")))
        .order_by("nummer")
    )


def regels_van(
    gesprek: Gesprek,
    reacties: list[Reactie],
    kijker: Professional | None,
    namen: dict[str, str],
    *,
    ziet_alles: bool = False,
) -> list[Regel]:
    """Return the replies of a page as a list with one level: what answers one of another page stands by itself.

    Of a blocked person stands the place alone, unless the viewer ``ziet_alles``, as a beheerder must.
    """
    regels: dict[int, Regel] = {}
    boven: list[Regel] = []
    for reactie in reacties:
        reactie.gesprek = gesprek
        dicht: bool = reactie.is_geblokkeerd and not ziet_alles  # type: ignore[attr-defined]
        toont = reactie.plaatsing == Plaatsing.GEPLAATST and not dicht
        regel = Regel(
            reactie=reactie,
            html=tekst_als_html(reactie.tekst, namen) if toont else SafeString(""),
            naam="iemand" if dicht else reactie.auteur.naam if reactie.auteur else WEG,
            mens_url="" if dicht else mens_url(reactie.auteur, kijker),
            is_geblokkeerd=dicht,
            is_antwoord=gesprek.antwoord_id == reactie.pk,
            is_eigen=kijker is not None and reactie.auteur_id == kijker.pk,
            heeft_geholpen=reactie.heb_ik_geholpen,  # type: ignore[attr-defined]
        )
        regels[reactie.pk] = regel
        ouder = regels.get(reactie.op_id) if reactie.op_id else None
        (ouder.vervolg if ouder else boven).append(regel)
    return boven


def adres_van_reactie(reactie: Reactie) -> str:
    """Return the address of a reply: the page of the conversation on which it stands."""
    adres = reverse("netwerk:gesprek", args=[reactie.gesprek.code])
    pagina = pagina_van(reactie.nummer)
    return f"{adres}{f'?pagina={pagina}' if pagina > 1 else ''}#reactie-{reactie.nummer}"
