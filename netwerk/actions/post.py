"""Private post: beginning a thread, answering, reading and putting away."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from netwerk.actions.contacten.basis import ContactFout, vergrendel
from netwerk.models import Kennisgeving, Postbericht, Postdraad, Professional
from netwerk.notifications.post import meld_post
from netwerk.permissions import is_geblokkeerd, is_van_zijde, mag_post_sturen, zijn_contacten
from organisaties.models import Beheer, Organisatie

BEWAAR = timedelta(days=730)
# Pressing the button twice sends one letter.
DUBBEL = timedelta(minutes=2)


class PostFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


NIET_AAN = "U kunt deze persoon geen bericht sturen."
NIET_MEER = "U kunt hier niet (meer) op antwoorden."


@transaction.atomic
def schrijf(
    *,
    van: Professional,
    onderwerp: str,
    tekst: str,
    aan: Professional | None = None,
    organisatie: Organisatie | None = None,
) -> Postdraad:
    """Begin a thread to a person or an organisation (exactly one of the two), who gets word.

    Raises PostFout when that person does not want it, either blocked the other, or nobody keeps the listing.
    """
    if (aan is None) == (organisatie is None):
        raise ValueError("either a person or an organisation")
    try:
        vergrendel(van, *([aan] if aan else []))
    except ContactFout as fout:
        raise PostFout(NIET_AAN) from fout
    if aan is not None:
        mag = mag_post_sturen(van, aan, is_contact=zijn_contacten(van, aan))
        if not mag or is_geblokkeerd(van, aan):
            raise PostFout(NIET_AAN)
    elif not Beheer.objects.filter(organisatie=organisatie, gebruiker__is_active=True).exists():
        raise PostFout("Niemand houdt deze vermelding bij. Bel of mail de organisatie.")
    al = Postdraad.objects.filter(
        van=van, aan=aan, aan_organisatie=organisatie, onderwerp=onderwerp, laatste_op__gt=timezone.now() - DUBBEL
    ).first()
    if al is not None and al.berichten.filter(nummer=1, tekst=tekst).exists():
        return al
    draad = Postdraad.objects.create(van=van, aan=aan, aan_organisatie=organisatie, onderwerp=onderwerp)
    _voeg_toe(draad, van, tekst, is_van_begonnen=True)
    return draad


@transaction.atomic
def antwoord(*, draad: Postdraad, door: Professional, tekst: str, is_per_mail: bool = False) -> Postbericht:
    """Write the next letter of a thread; the same words once more within two minutes are one letter.

    Raises PostFout for who is on neither side (any more), when the other is gone, or either blocked the other.
    """
    vers = Postdraad.objects.select_for_update(of=("self",)).filter(pk=draad.pk).first()
    if vers is None or not is_van_zijde(door, vers):
        raise PostFout(NIET_MEER)
    is_van = vers.is_begonnen_door(door)
    if reden := reden_zonder_antwoord(vers, door):
        raise PostFout(reden)
    laatste = vers.berichten.filter(op__gt=timezone.now() - DUBBEL, auteur=door).order_by("-nummer").first()
    if laatste is not None and laatste.tekst == tekst and laatste.nummer == vers.laatste_nummer:
        return laatste
    return _voeg_toe(vers, door, tekst, is_van_begonnen=is_van, is_per_mail=is_per_mail)


def reden_zonder_antwoord(draad: Postdraad, door: Professional) -> str:
    """Return why this side cannot write (any more), '' when it can."""
    is_van = draad.is_begonnen_door(door)
    if is_van and draad.aan_organisatie is not None:
        return "" if draad.aan_organisatie.is_zichtbaar else NIET_MEER
    ander = draad.aan if is_van else draad.van
    if ander is None or not ander.gebruiker.is_active or is_geblokkeerd(door, ander):
        return NIET_MEER
    return ""


def _voeg_toe(
    draad: Postdraad, door: Professional, tekst: str, *, is_van_begonnen: bool, is_per_mail: bool = False
) -> Postbericht:
    draad.laatste_nummer += 1
    draad.laatste_op = timezone.now()
    velden = ["laatste_nummer", "laatste_op"]
    # Who writes has read what stood there.
    zijde = "van_gelezen" if is_van_begonnen else "aan_gelezen"
    setattr(draad, zijde, draad.laatste_nummer)
    draad.save(update_fields=[*velden, zijde])
    brief = Postbericht.objects.create(
        draad=draad,
        nummer=draad.laatste_nummer,
        auteur=door,
        is_van_begonnen=is_van_begonnen,
        tekst=tekst,
        is_per_mail=is_per_mail,
        op=draad.laatste_op,
    )
    meld_post(brief)
    return brief


def lees(*, draad: Postdraad, door: Professional, tot: int) -> None:
    """Note that this side read the thread up to a number; never back."""
    zijde = "van" if draad.is_begonnen_door(door) else "aan"
    rij = Postdraad.objects.filter(pk=draad.pk, laatste_nummer__gte=tot, **{f"{zijde}_gelezen__lt": tot})
    # What was read needs no mail any more.
    if rij.update(**{f"{zijde}_gelezen": tot}):
        Kennisgeving.objects.ongelezen().filter(ontvanger=door.gebruiker_id, over=f"post:{draad.pk}").update(
            gelezen_op=timezone.now()
        )


def ruim_op_voor(*, draad: Postdraad, door: Professional) -> None:
    """Put a thread away for this side; the next letter brings it back."""
    zijde = "van" if draad.is_begonnen_door(door) else "aan"
    Postdraad.objects.filter(pk=draad.pk).update(
        **{f"{zijde}_opgeruimd": F("laatste_nummer"), f"{zijde}_gelezen": F("laatste_nummer")}
    )


def ruim_op() -> int:
    """Erase threads two years after the last letter, and those of which both sides are gone."""
    oud = Q(laatste_op__lt=timezone.now() - BEWAAR) | Q(van=None, aan=None, aan_organisatie=None)
    return Postdraad.objects.filter(oud).delete()[0]
