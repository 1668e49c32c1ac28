"""What is said when somebody answers, mentions or follows, and when a moderator hides a message."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from netwerk.keuzes import Seintje
from netwerk.models import Bericht, Contact, Gedempt, Kennisgeving, Professional, Volgt
from netwerk.models.bericht import Berichtzicht
from netwerk.notifications.basis import geef_kennis
from organisaties.models import Beheer

OPNIEUW = timedelta(days=7)


def meld_antwoord(antwoord: Bericht, op: Bericht, vermeld: Iterable[Professional]) -> None:
    """Tell whoever wrote the message that is answered; of an organisation those who keep it and have a profile."""
    al_gemeld = {mens.pk for mens in vermeld}
    if op.auteur is not None:
        aan = [op.auteur]
    else:
        beheer = Beheer.objects.filter(organisatie=op.organisatie_id)
        aan = list(Professional.objects.actief().filter(gebruiker__in=beheer.values("gebruiker")))
    geef_kennis(
        aan=_die_willen_horen(antwoord, [mens for mens in aan if mens.pk not in al_gemeld]),
        soort=Seintje.BERICHT,
        tekst=f"{_naam(antwoord)} reageerde op uw bericht.",
        pad=antwoord.get_absolute_url(),
        door=antwoord.auteur,
        over=f"bericht:{antwoord.pk}",
        mailtekst=_leesbaar(antwoord),
        is_te_beantwoorden=True,
    )


def meld_vermeldingen(bericht: Bericht, mensen: Iterable[Professional]) -> None:
    """Tell who is mentioned, as far as they may read the message."""
    geef_kennis(
        aan=_die_willen_horen(bericht, _die_mogen_lezen(bericht, list(mensen))),
        soort=Seintje.VERMELDING,
        tekst=f"{_naam(bericht)} noemt u in een bericht.",
        pad=bericht.get_absolute_url(),
        door=bericht.auteur,
        over=f"bericht:{bericht.pk}",
        mailtekst=_leesbaar(bericht),
        is_te_beantwoorden=True,
    )


def meld_volger(*, volger: Professional, gevolgde: Professional) -> None:
    """Tell who is followed; not again within a week of who stops and begins anew, and not of who is muted."""
    over = f"volger:{volger.pk}"
    verteld = Kennisgeving.objects.filter(
        ontvanger=gevolgde.gebruiker_id, over=over, aangemaakt_op__gt=timezone.now() - OPNIEUW
    )
    if Gedempt.objects.filter(door=gevolgde, gedempt=volger).exists() or verteld.exists():
        return
    geef_kennis(
        aan=[gevolgde],
        soort=Seintje.VOLGER,
        tekst=f"{volger.naam} volgt u.",
        pad=reverse("netwerk:gevolgd"),
        door=volger,
        over=over,
    )


def meld_verborgen(bericht: Bericht) -> None:
    if bericht.auteur is not None:
        geef_kennis(
            aan=[bericht.auteur],
            soort=Seintje.BERICHT,
            tekst=f"De redactie heeft een bericht van u verborgen. Reden: {bericht.reden}",
            pad=reverse("netwerk:berichten"),
            over=f"verborgen:{bericht.pk}",
        )


def _naam(bericht: Bericht) -> str:
    return str(bericht.afzender)


def _leesbaar(bericht: Bericht) -> str:
    """The text for a mail, with names instead of codes."""
    tekst = bericht.tekst
    for mens in bericht.vermeldingen.all():
        tekst = tekst.replace(f"@[{mens.code}]", f"@{mens.naam}")
    return tekst


def _die_willen_horen(bericht: Bericht, mensen: list[Professional]) -> list[Professional]:
    """Without those who muted the writer."""
    if bericht.auteur_id is None or not mensen:
        return mensen
    doof = set(Gedempt.objects.filter(gedempt=bericht.auteur_id, door__in=mensen).values_list("door", flat=True))
    return [mens for mens in mensen if mens.pk not in doof]


def _die_mogen_lezen(bericht: Bericht, mensen: list[Professional]) -> list[Professional]:
    if bericht.zicht >= Berichtzicht.PORTAAL or bericht.kring_id is None:
        return mensen if bericht.zicht >= Berichtzicht.PORTAAL else []
    sleutels = [mens.pk for mens in mensen]
    if bericht.zicht == Berichtzicht.VOLGERS:
        volgers = Volgt.objects.geldig().filter(professional=bericht.kring_id, volger__in=sleutels)
        mogen = set(volgers.values_list("volger", flat=True))
    else:
        paren = Contact.objects.bevestigd().filter(vrager=bericht.kring_id, gevraagde__in=sleutels)
        mogen = set(paren.values_list("gevraagde", flat=True))
        paren = Contact.objects.bevestigd().filter(gevraagde=bericht.kring_id, vrager__in=sleutels)
        mogen |= set(paren.values_list("vrager", flat=True))
    return [mens for mens in mensen if mens.pk in mogen or mens.pk == bericht.kring_id]
