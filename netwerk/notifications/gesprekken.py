"""What is said of conversations: that one began, that somebody replied, named you, or was helped."""

import re

from django.db.models import Q

from netwerk.keuzes import CODETEKENS, Seintje, Zicht
from netwerk.models import Gesprek, Gesprekvolger, Lidmaatschap, Netwerk, Professional, Reactie
from netwerk.notifications.basis import geef_kennis
from welzijnportal.markdown import naar_tekst

_VERMELDING = re.compile(rf"@\[([{CODETEKENS}]{{12}})\]")
_MEEST_GENOEMD = 20


def _lezers(gesprek: Gesprek, mensen: Q) -> list[Professional]:
    """Of these people who may read the conversation, in one query."""
    rijen = Professional.objects.actief().filter(mensen)
    if gesprek.zicht < Zicht.PORTAAL:
        leden = Lidmaatschap.objects.leden().filter(netwerk=gesprek.netwerk_id).values("professional")
        rijen = rijen.filter(pk__in=leden)
    return list(rijen)


def _genoemd(gesprek: Gesprek, tekst: str) -> list[Professional]:
    codes = list(dict.fromkeys(_VERMELDING.findall(tekst)))[:_MEEST_GENOEMD]
    return _lezers(gesprek, Q(code__in=codes)) if codes else []


def meld_gesprek(gesprek: Gesprek, netwerk: Netwerk | None) -> None:
    """Tell the members of the network, and who is named, that a conversation began."""
    genoemd = _genoemd(gesprek, gesprek.tekst)
    _noem(gesprek, gesprek, genoemd)
    if netwerk is None:
        return
    leden = Lidmaatschap.objects.leden().filter(netwerk=netwerk).select_related("professional")
    al_verteld = {mens.pk for mens in genoemd}
    geef_kennis(
        aan=[lid.professional for lid in leden if lid.professional_id not in al_verteld],
        soort=Seintje.GESPREK,
        tekst=f"{gesprek.auteur} begon een gesprek in {netwerk}",
        pad=gesprek.get_absolute_url(),
        door=gesprek.auteur,
        netwerk=netwerk,
        over=f"gesprek:{gesprek.pk}",
        mailtekst=f"{gesprek.titel}\n\n{naar_tekst(gesprek.tekst)[:2000]}",
        is_te_beantwoorden=True,
    )


def _noem(wat: Gesprek | Reactie, gesprek: Gesprek, mensen: list[Professional]) -> None:
    if mensen:
        geef_kennis(
            aan=mensen,
            soort=Seintje.VERMELDING,
            tekst=f"{wat.auteur} noemt u in een gesprek",
            pad=wat.get_absolute_url(),
            door=wat.auteur,
            netwerk=gesprek.netwerk,
            over=f"{'reactie' if isinstance(wat, Reactie) else 'gesprek'}:{wat.pk}",
            mailtekst=naar_tekst(wat.tekst)[:2000],
            is_te_beantwoorden=True,
        )


def meld_reactie(reactie: Reactie) -> None:
    """Tell who follows the conversation, and who is named, that somebody replied."""
    gesprek = reactie.gesprek
    genoemd = _genoemd(gesprek, reactie.tekst)
    _noem(reactie, gesprek, genoemd)
    volgers = Gesprekvolger.objects.filter(gesprek=gesprek, volgt=True).values("professional")
    al_verteld = [mens.pk for mens in genoemd]
    geef_kennis(
        aan=_lezers(gesprek, Q(pk__in=volgers) & ~Q(pk__in=al_verteld)),
        soort=Seintje.REACTIE,
        tekst=f"{reactie.auteur} reageerde in een gesprek dat u volgt",
        pad=reactie.get_absolute_url(),
        door=reactie.auteur,
        netwerk=gesprek.netwerk,
        over=f"reactie:{reactie.pk}",
        mailtekst=f"{gesprek.titel}\n\n{naar_tekst(reactie.tekst)[:2000]}",
        is_te_beantwoorden=True,
    )


def meld_antwoord(gesprek: Gesprek, reactie: Reactie, door: Professional) -> None:
    if reactie.auteur is not None:
        geef_kennis(
            aan=_lezers(gesprek, Q(pk=reactie.auteur_id)),
            soort=Seintje.WAARDERING,
            tekst=f"{door} zegt dat uw reactie het antwoord was",
            pad=reactie.get_absolute_url(),
            door=door,
            netwerk=gesprek.netwerk,
            over=f"reactie:{reactie.pk}",
        )


def _wie(door_redactie: bool) -> str:
    return "De redactie" if door_redactie else "Een beheerder"


def meld_verborgen(gesprek: Gesprek, reden: str, *, door_redactie: bool = False) -> None:
    """Tell the writer, also one who blocked the beheerder: without a sender."""
    if gesprek.auteur is not None:
        geef_kennis(
            aan=[gesprek.auteur],
            soort=Seintje.NETWERK,
            tekst=f"{_wie(door_redactie)} heeft uw gesprek ‘{gesprek.titel[:80]}’ verborgen. Reden: {reden}"[:250],
            pad=gesprek.netwerk.get_absolute_url() if gesprek.netwerk else "/",
            netwerk=gesprek.netwerk,
        )


def meld_reactie_verborgen(reactie: Reactie, reden: str, *, door_redactie: bool = False) -> None:
    """As ``meld_verborgen``, of a reply."""
    if reactie.auteur is not None:
        geef_kennis(
            aan=[reactie.auteur],
            soort=Seintje.NETWERK,
            tekst=f"{_wie(door_redactie)} heeft uw reactie verborgen. Reden: {reden}"[:250],
            pad=reactie.gesprek.get_absolute_url(),
            netwerk=reactie.gesprek.netwerk,
        )
