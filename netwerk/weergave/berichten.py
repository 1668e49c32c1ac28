"""How short messages are shown: their words as safe HTML, and what one may do with each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from netwerk.actions.berichttekst import (
    HASHTAG,
    LINK,
    VERMELDING,
    is_gewone_link,
    link_zonder_staart,
    normaliseer_label,
)
from netwerk.keuzes import Voor
from netwerk.models import Bericht, Professional
from netwerk.models.bericht import BerichtQuerySet, Berichtzicht
from netwerk.weergave.thuislijn import PER_PAGINA, thuislijn
from organisaties.models import Organisatie

_DEEL = re.compile(
    f"(?P<link>{LINK.pattern})|(?P<label>{HASHTAG.pattern})|(?P<mens>{VERMELDING.pattern})", re.IGNORECASE
)
_LEEG = re.compile(r"\n{3,}")
WEG = "iemand die weg is"


def adres_van_schrijver(wie: Professional, kijker: Professional | None) -> str:
    """The page of a person: the profile when this viewer may find it, else what they wrote."""
    is_te_vinden = wie.vindbaar_voor >= (Voor.LEDEN if kijker else Voor.IEDEREEN)
    return reverse("netwerk:mens" if is_te_vinden else "netwerk:berichten_van", args=[wie.code])


def tekst_als_html(tekst: str, namen: dict[str, tuple[str, str]]) -> SafeString:
    """Return the words with links, hashtags and mentions to follow; all else is plain text.

    ``namen`` gives name and address for the code of a mention. A code that is not there is of somebody who is gone,
    or whom this viewer has nothing to do with.
    """
    stukken, plek = [], 0
    tekst = _LEEG.sub("\n\n", tekst)
    for treffer in _DEEL.finditer(tekst):
        stukken.append(_regels(tekst[plek : treffer.start()]))
        plek = treffer.end()
        if treffer["link"]:
            adres = link_zonder_staart(treffer["link"])
            plek = treffer.start() + len(adres)
            stukken.append(_link(adres))
        elif treffer["label"]:
            stukken.append(_label(treffer["label"]))
        else:
            stukken.append(_vermelding(treffer["mens"][2:-1], namen))
    stukken.append(_regels(tekst[plek:]))
    return mark_safe("".join(stukken))  # noqa: S308 - each part is escaped by what made it


def _regels(tekst: str) -> str:
    return str(escape(tekst)).replace("\n", "<br>")


def _link(adres: str) -> SafeString:
    if not is_gewone_link(adres):
        return escape(adres)
    kort = adres.split("://", 1)[1].removeprefix("www.")
    toon = kort if len(kort) <= 40 else f"{kort[:39]}…"
    return format_html('<a href="{}" rel="nofollow noopener ugc">{}</a>', adres, toon)


def _label(met_hekje: str) -> SafeString:
    label = normaliseer_label(met_hekje[1:])
    if not label:
        return escape(met_hekje)
    return format_html('<a href="{}">{}</a>', reverse("netwerk:berichten_label", args=[label]), met_hekje)


def _vermelding(code: str, namen: dict[str, tuple[str, str]]) -> SafeString:
    if code not in namen:
        return escape(f"@{WEG}")
    naam, adres = namen[code]
    return format_html('<a href="{}">@{}</a>', adres, naam)


def tekst_zonder_opmaak(bericht: Bericht) -> str:
    """The words with names instead of codes, for feeds and titles; asks nothing when the names were fetched along."""
    namen = {rij["code"]: rij["naam"] for rij in getattr(bericht, "namen", [])}
    return VERMELDING.sub(lambda treffer: f"@{namen.get(treffer[1], WEG)}", bericht.tekst)


@dataclass(frozen=True)
class Berichtregel:
    """A message as a page shows it to one viewer."""

    bericht: Bericht
    html: SafeString
    plek: int
    is_eigen: bool
    is_door_te_geven: bool
    schrijver: str
    schrijver_url: str
    doorgever: str = ""
    doorgever_url: str = ""

    @property
    def linkhost(self) -> str:
        """The host of the link in ASCII, so that a look-alike of a known name shows itself."""
        try:
            host = urlsplit(self.bericht.link).hostname or ""
            return host.encode("idna").decode().removeprefix("www.")
        except ValueError:
            return ""

    @property
    def linkpad(self) -> str:
        delen = urlsplit(self.bericht.link)
        pad = delen.path.rstrip("/") + (f"?{delen.query}" if delen.query else "")
        return pad if len(pad) <= 60 else f"{pad[:59]}…"

    @property
    def zicht_in_woorden(self) -> str:
        if self.bericht.zicht == Berichtzicht.PUBLIEK:
            return ""
        wie = {1: "contacten", 2: "volgers", 3: "leden van het portaal"}[self.bericht.zicht]
        return f"voor {wie}"


def te_tonen(berichten: BerichtQuerySet, kijker: Professional | None) -> BerichtQuerySet:
    """Fetch along what a page shows of each message: writer, what the viewer did with it, and the names mentioned."""
    genoemd = (
        Professional.objects.actief()
        .zonder_blokkade(kijker)
        .filter(vermeld_in=OuterRef("pk"))
        .values(json=JSONObject(code="code", naam="naam", vindbaar_voor="vindbaar_voor"))
    )
    return (
        berichten.met_mijn(kijker).select_related("auteur", "organisatie").annotate(namen=ArraySubquery(genoemd))
    )  # fmt: skip


def regel_van(
    bericht: Bericht, kijker: Professional | None, *, plek: int = 0, doorgever: Professional | None = None
) -> Berichtregel:
    namen = {}
    for rij in getattr(bericht, "namen", []):
        mens = Professional(code=rij["code"], vindbaar_voor=rij["vindbaar_voor"])
        namen[rij["code"]] = (rij["naam"], adres_van_schrijver(mens, kijker))
    is_eigen = kijker is not None and bericht.auteur_id == kijker.pk
    if bericht.organisatie is not None:
        schrijver_url = reverse("netwerk:berichten_organisatie", args=[bericht.organisatie.slug])
    else:
        schrijver_url = adres_van_schrijver(bericht.auteur, kijker)  # type: ignore[arg-type]
    return Berichtregel(
        bericht=bericht,
        html=tekst_als_html(bericht.tekst, namen),
        plek=plek or bericht.pk,
        is_eigen=is_eigen,
        is_door_te_geven=bericht.is_door_te_geven and not is_eigen,
        schrijver=str(bericht.afzender),
        schrijver_url=schrijver_url,
        doorgever=_doorgever(doorgever, kijker),
        doorgever_url=adres_van_schrijver(doorgever, kijker) if doorgever else "",
    )


def _doorgever(doorgever: Professional | None, kijker: Professional | None) -> str:
    if doorgever is None:
        return ""
    return "u" if kijker is not None and doorgever.pk == kijker.pk else doorgever.naam


def lijnregels(kijker: Professional, *, voor: int | None) -> tuple[list[Berichtregel], int | None]:
    """A page of the home line, in four queries: what is on it, the messages, who passed some on, and the themes.

    Who may see what was asked in making the line. Whoever closed their account falls out here, so that a page can
    be shorter.
    """
    plekken, verder = thuislijn(kijker, voor=voor)
    berichten = te_tonen(Bericht.objects.van_levenden(), kijker).in_bulk([regel.bericht for regel in plekken])
    doorgevers = Professional.objects.in_bulk([regel.doorgegeven_door for regel in plekken if regel.doorgegeven_door])
    regels = [
        regel_van(
            berichten[regel.bericht],
            kijker,
            plek=regel.plek,
            doorgever=doorgevers.get(regel.doorgegeven_door) if regel.doorgegeven_door else None,
        )
        for regel in plekken
        if regel.bericht in berichten
    ]
    return regels, verder


def bladzijde(
    berichten: BerichtQuerySet, kijker: Professional | None, *, voor: int | None
) -> tuple[list[Berichtregel], int | None]:
    """A page of a list, newest first, and before which message the next goes on; one query."""
    if voor is not None:
        berichten = berichten.filter(pk__lt=voor)
    rijen = list(te_tonen(berichten.order_by("-pk"), kijker)[: PER_PAGINA + 1])
    verder = rijen[PER_PAGINA - 1].pk if len(rijen) > PER_PAGINA else None
    return [regel_van(bericht, kijker) for bericht in rijen[:PER_PAGINA]], verder


def antwoorden_op(
    bericht: Bericht, kijker: Professional | None, *, na: int | None
) -> tuple[list[Berichtregel], int | None]:
    """A page of the answers to a message, in the order of writing; one query."""
    berichten = Bericht.objects.filter(antwoord_op=bericht, pk__gt=na or 0).zichtbaar_voor(kijker)
    rijen = list(te_tonen(berichten.zonder_gedempt(kijker).order_by("pk"), kijker)[: PER_PAGINA + 1])
    verder = rijen[PER_PAGINA - 1].pk if len(rijen) > PER_PAGINA else None
    return [regel_van(antwoord, kijker) for antwoord in rijen[:PER_PAGINA]], verder


def nieuwste_van(wie: Professional | Organisatie, kijker: Professional | None, aantal: int = 3) -> list[Berichtregel]:
    """The newest few of a person or an organisation, as far as this viewer may read them; one query."""
    rijen: Iterable[Any] = te_tonen(eigen_van(wie).zichtbaar_voor(kijker).order_by("-pk"), kijker)[:aantal]
    return [regel_van(bericht, kijker) for bericht in rijen]


def eigen_van(wie: Professional | Organisatie) -> BerichtQuerySet:
    """What somebody wrote to nobody in particular: no answers, nothing passed on."""
    berichten = Bericht.objects.eigen_woorden().filter(is_antwoord=False)
    return berichten.filter(auteur=wie) if isinstance(wie, Professional) else berichten.filter(organisatie=wie)
