"""Making, changing and keeping practice cards, and asking those whose words are in them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from netwerk.keuzes import Plaatsing
from netwerk.models import (
    Gesprek,
    Kaarthielp,
    Kaartschrijver,
    Kaartversie,
    Netwerk,
    Praktijkkaart,
    Professional,
    Reactie,
)
from netwerk.notifications import weten as meldingen
from netwerk.permissions import lidmaatschap_van, mag_kaart_maken, mag_kaart_wijzigen
from netwerk.zoeken import vector_van
from organisaties.models import Thema
from welzijnportal.markdown import naar_tekst

OPNIEUW_BEKIJKEN = timedelta(days=365)
WEG = "Deze praktijkkaart is er niet meer, of u mag haar niet (meer) wijzigen."
TEKSTEN = ("titel", "samenvatting", "aanpak", "letop")


class KaartFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


def zet_vector(kaart: Praktijkkaart) -> None:
    """Write the words by which a card is found; its labels and themes stand by now."""
    extra = [*kaart.labels.names(), *kaart.themas.values_list("naam", flat=True)]
    vector = vector_van(
        {
            "A": kaart.titel,
            "B": " ".join([kaart.samenvatting, *extra]),
            "C": naar_tekst(f"{kaart.aanpak}\n\n{kaart.letop}"),
        }
    )
    Praktijkkaart.objects.filter(pk=kaart.pk).update(vector=Value(vector, output_field=SearchVectorField()))


@transaction.atomic
def maak_kaart(
    *,
    door: Professional,
    velden: dict[str, Any],
    themas: Iterable[Thema] = (),
    labels: Iterable[str] = (),
    gesprek: Gesprek | None = None,
    netwerk: Netwerk | None = None,
    is_genoemd: bool = True,
) -> Praktijkkaart:
    """Make a card, of the answer in a conversation or by itself; KaartFout when it cannot be.

    ``velden`` are the texts and ``zicht``: who the maker wants to read it. Of a conversation the card is for its
    readers alone until who asked and who answered agreed to more; they are asked, and their names stand with it
    only when they say so.
    """
    antwoord = None
    if gesprek is not None:
        gesprek = Gesprek.objects.select_for_update(of=("self",)).select_related("netwerk", "auteur").get(pk=gesprek.pk)
        lid = lidmaatschap_van(door, gesprek.netwerk) if gesprek.netwerk else None
        if not mag_kaart_maken(door, gesprek, lid):
            raise KaartFout("Van dit gesprek kunt u (nu) geen praktijkkaart maken.")
        antwoord, netwerk = gesprek.antwoord, gesprek.netwerk
    elif netwerk is not None and lidmaatschap_van(door, netwerk) is None:
        raise KaartFout("U bent geen lid (meer) van dit netwerk.")
    gewenst = velden["zicht"]
    kaart = Praktijkkaart(
        **{naam: velden[naam] for naam in TEKSTEN},
        netwerk=netwerk,
        uit_gesprek=gesprek,
        uit_reactie=antwoord,
        gewenst_zicht=gewenst,
        # As narrow as it can be, until it is known who agrees.
        zicht=min(gewenst, gesprek.zicht if gesprek else gewenst),
        toetsen_datum=timezone.localdate() + OPNIEUW_BEKIJKEN,
    )
    try:
        with transaction.atomic():
            kaart.save(force_insert=True)
    except IntegrityError:
        raise KaartFout("Van dit antwoord is al een praktijkkaart gemaakt.") from None
    kaart.themas.set(themas)
    kaart.labels.set(labels)
    _leg_schrijvers_vast(kaart, gesprek, antwoord, door, is_genoemd=is_genoemd)
    _zet_zicht(kaart)
    zet_vector(kaart)
    return kaart


def _plafond(gesprek: Gesprek | None, netwerk: Netwerk | None, anders: int) -> int:
    """How far a card may be read without anybody's leave: as far as the conversation that it is of."""
    if gesprek is not None:
        return gesprek.zicht
    return min(anders, netwerk.zicht_gesprekken) if netwerk is not None else anders


def _leg_schrijvers_vast(
    kaart: Praktijkkaart, gesprek: Gesprek | None, antwoord: Reactie | None, door: Professional, *, is_genoemd: bool
) -> None:
    nu = timezone.now()
    aandelen: dict[int, str] = {}
    if gesprek is not None and gesprek.auteur_id:
        aandelen[gesprek.auteur_id] = Kaartschrijver.Aandeel.VROEG
    if antwoord is not None and antwoord.auteur_id:
        aandelen[antwoord.auteur_id] = Kaartschrijver.Aandeel.ANTWOORDDE
    anderen = [pk for pk in aandelen if pk != door.pk]
    aandelen.setdefault(door.pk, Kaartschrijver.Aandeel.SCHREEF)
    Kaartschrijver.objects.bulk_create(
        Kaartschrijver(
            kaart=kaart,
            professional_id=pk,
            aandeel=aandeel,
            is_genoemd=is_genoemd if pk == door.pk else None,
            mag_ruimer=True if pk == door.pk else None,
            beantwoord_op=nu if pk == door.pk else None,
        )
        for pk, aandeel in aandelen.items()
    )
    if anderen:
        meldingen.vraag_instemming(kaart, Professional.objects.actief().filter(pk__in=anderen), door)


def _mag_ruimer(kaart: Praktijkkaart) -> bool:
    """Whether everybody whose words are in a card agreed; of who left without a word that is not known, so no."""
    if kaart.uit_gesprek_id is None and kaart.uit_reactie_id is None:
        return not kaart.schrijvers.filter(mag_ruimer=False).exists()
    gesprek, reactie = kaart.uit_gesprek, kaart.uit_reactie
    nodig = {gesprek.auteur_id if gesprek else None, reactie.auteur_id if reactie else None}
    ja = set(kaart.schrijvers.filter(mag_ruimer=True).values_list("professional", flat=True))
    return None not in nodig and nodig <= ja


def _zet_zicht(kaart: Praktijkkaart) -> bool:
    """Let a card be read as far as everybody agrees to; return whether that became more. The card is locked or new."""
    oud = kaart.zicht
    is_eigen = kaart.uit_gesprek_id is None and kaart.uit_reactie_id is None
    if is_eigen or _mag_ruimer(kaart):
        kaart.zicht = kaart.gewenst_zicht
    else:
        kaart.zicht = min(kaart.gewenst_zicht, _plafond(kaart.uit_gesprek, kaart.netwerk, oud))
    if kaart.netwerk is not None:
        # The card names the network, so that it is never wider than the network's own page.
        kaart.zicht = min(kaart.zicht, kaart.netwerk.zicht_pagina)
    if kaart.zicht != oud:
        Praktijkkaart.objects.filter(pk=kaart.pk).update(zicht=kaart.zicht)
    return kaart.zicht > oud


def _vergrendel(kaart: Praktijkkaart) -> Praktijkkaart:
    vers = (
        Praktijkkaart.objects.select_for_update(of=("self",))
        .select_related("netwerk", "uit_gesprek", "uit_reactie")
        .filter(pk=kaart.pk, plaatsing=Plaatsing.GEPLAATST)
        .first()
    )
    if vers is None:
        raise KaartFout(WEG)
    return vers


def _vergrendel_voor(kaart: Praktijkkaart, door: Professional) -> Praktijkkaart:
    vers = _vergrendel(kaart)
    lid = lidmaatschap_van(door, vers.netwerk) if vers.netwerk else None
    if not mag_kaart_wijzigen(door, vers, vers.schrijvers.filter(professional=door).first(), lid):
        raise KaartFout(WEG)
    return vers


@transaction.atomic
def wijzig_kaart(
    *,
    kaart: Praktijkkaart,
    door: Professional,
    velden: dict[str, Any],
    themas: Iterable[Thema],
    labels: Iterable[str],
    gezien_op: datetime | None = None,
) -> Praktijkkaart:
    """Change a card and keep what stood there; KaartFout for who may not, or saw an older version."""
    vers = _vergrendel_voor(kaart, door)
    if gezien_op is not None and vers.gewijzigd_op != gezien_op:
        raise KaartFout(
            "Iemand anders heeft deze kaart intussen gewijzigd. Open haar opnieuw in een ander tabblad, "
            "en neem over wat u hier hebt getypt."
        )
    nu = timezone.now()
    if any(getattr(vers, naam) != velden[naam] for naam in TEKSTEN):
        Kaartversie.objects.create(
            kaart=vers, door=door, vervangen_op=nu, **{naam: getattr(vers, naam) for naam in TEKSTEN}
        )
    for naam in TEKSTEN:
        setattr(vers, naam, velden[naam])
    vers.gewenst_zicht = velden["zicht"]
    vers.zicht = min(vers.zicht, vers.gewenst_zicht)
    vers.gewijzigd_op = nu
    vers.getoetst_datum = timezone.localdate()
    vers.toetsen_datum = vers.getoetst_datum + OPNIEUW_BEKIJKEN
    vers.save(update_fields=[*TEKSTEN, "gewenst_zicht", "zicht", "gewijzigd_op", "getoetst_datum", "toetsen_datum"])
    vers.themas.set(themas)
    vers.labels.set(labels)
    _zet_zicht(vers)
    zet_vector(vers)
    return vers


@transaction.atomic
def stem_in(*, kaart: Praktijkkaart, door: Professional, is_genoemd: bool, mag_ruimer: bool) -> None:
    """Answer whether one's name may stand with a card, and whether others may read it; one may change one's mind.

    Taking leave back makes the card narrower at once. KaartFout for who has no words in it.
    """
    vers = _vergrendel(kaart)
    schrijver = vers.schrijvers.filter(professional=door).first()
    if schrijver is None:
        raise KaartFout(WEG)
    schrijver.is_genoemd, schrijver.mag_ruimer, schrijver.beantwoord_op = is_genoemd, mag_ruimer, timezone.now()
    schrijver.save(update_fields=["is_genoemd", "mag_ruimer", "beantwoord_op"])
    if _zet_zicht(vers):
        anderen = Professional.objects.actief().filter(kaarten__kaart=vers).exclude(pk=door.pk)
        meldingen.meld_kaart_ruimer(vers, anderen, door)


@transaction.atomic
def trek_in(*, kaart: Praktijkkaart, door: Professional) -> None:
    """Take a card away; nobody reads it any more. KaartFout for who may not."""
    vers = _vergrendel_voor(kaart, door)
    Praktijkkaart.objects.filter(pk=vers.pk).update(plaatsing=Plaatsing.INGETROKKEN, gewijzigd_op=timezone.now())


@transaction.atomic
def verberg(*, kaart: Praktijkkaart) -> None:
    """Hide a card by a moderator; twice is once."""
    Praktijkkaart.objects.filter(pk=kaart.pk, plaatsing=Plaatsing.GEPLAATST).update(
        plaatsing=Plaatsing.VERBORGEN, gewijzigd_op=timezone.now()
    )


@transaction.atomic
def toets(*, kaart: Praktijkkaart, door: Professional) -> None:
    """Say that a card still holds; it is looked at again in a year."""
    vers = _vergrendel_voor(kaart, door)
    vandaag = timezone.localdate()
    Praktijkkaart.objects.filter(pk=vers.pk).update(
        getoetst_datum=vandaag, toetsen_datum=vandaag + OPNIEUW_BEKIJKEN, gewijzigd_op=timezone.now()
    )


@transaction.atomic
def hielp(*, kaart: Praktijkkaart, door: Professional, ja: bool) -> None:
    """Say that a card helped oneself too, or take it back; each person counts once. KaartFout for its writers."""
    vers = _vergrendel(kaart)
    if ja and vers.schrijvers.filter(professional=door).exists():
        raise KaartFout("Dit is uw eigen kaart. Anderen zeggen of zij hielp.")
    if ja:
        nieuw = Kaarthielp.objects.get_or_create(kaart=vers, door=door)[1]
        erbij = 1 if nieuw else 0
    else:
        erbij = -1 if Kaarthielp.objects.filter(kaart=vers, door=door).delete()[0] else 0
    if erbij:
        Praktijkkaart.objects.filter(pk=vers.pk).update(aantal_hielp=Greatest(F("aantal_hielp") + erbij, 0))


def versmal(netwerk: Netwerk) -> int:
    """Narrow the cards of a network along with its conversations, unless everybody agreed to more.

    Part of the transaction that made the network narrower; return how many cards changed.
    """
    aantal = 0
    for kaart in (
        Praktijkkaart.objects.select_for_update(of=("self",))
        .select_related("netwerk", "uit_gesprek", "uit_reactie")
        .filter(netwerk=netwerk, zicht__gt=netwerk.zicht_gesprekken)
        .order_by("pk")
    ):
        oud = kaart.zicht
        _zet_zicht(kaart)
        aantal += kaart.zicht < oud
    return aantal


def herinner_aan_toetsen() -> int:
    """Tell the writers of each card whose day to look again has come, once for each such day; return how many cards."""
    vandaag = timezone.localdate()
    rijp = Q(toetsen_datum__lte=vandaag) & (Q(gemeld_datum=None) | Q(gemeld_datum__lt=F("toetsen_datum")))
    aantal = 0
    for pk in list(
        Praktijkkaart.objects.geplaatst().filter(rijp).order_by("toetsen_datum").values_list("pk", flat=True)
    ):
        with transaction.atomic():
            kaart = (
                Praktijkkaart.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("netwerk")
                .filter(rijp, pk=pk, plaatsing=Plaatsing.GEPLAATST)
                .first()
            )
            if kaart is None:
                continue
            meldingen.vraag_toetsen(kaart, Professional.objects.actief().filter(kaarten__kaart=kaart))
            kaart.gemeld_datum = vandaag
            kaart.save(update_fields=["gemeld_datum"])
            aantal += 1
    return aantal
