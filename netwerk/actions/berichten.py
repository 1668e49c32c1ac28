"""Writing, answering, withdrawing and hiding short messages."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from netwerk.actions.berichttekst import codes_in, eerste_link, labels_in, leg_vermeldingen_vast
from netwerk.keuzes import Plaatsing
from netwerk.models import Bericht, Berichtlabel, Professional
from netwerk.models.bericht import Berichtzicht
from netwerk.notifications import berichten as meldingen
from organisaties.models import Beheer, Organisatie
from welzijnportal.accounts.models import Gebruiker

# The same words again within this time are one press too many.
DUBBEL = timedelta(minutes=10)
BEWAAR_INGETROKKEN = timedelta(days=30)


class BerichtFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


WEG = "Dit bericht is er niet meer."


@transaction.atomic
def plaats(
    *,
    tekst: str,
    zicht: int,
    door: Gebruiker,
    auteur: Professional | None = None,
    organisatie: Organisatie | None = None,
    antwoord_op: Bericht | None = None,
    beeld: ContentFile | None = None,
    beeld_alt: str = "",
) -> Bericht:
    """Write a message of a person (``auteur``) or of an organisation that ``door`` keeps, and tell whom it concerns.

    An answer is for those who may read what it answers. The same text sent twice is one message, which is returned.
    Raises BerichtFout when the writer may not (any more), and ValidationError for a text that cannot be.
    """
    _vergrendel_schrijver(door, auteur, organisatie)
    kring = auteur if zicht < Berichtzicht.PORTAAL else None
    if antwoord_op is not None:
        antwoord_op = _te_beantwoorden(antwoord_op, auteur, organisatie)
        zicht, kring = antwoord_op.zicht, antwoord_op.kring
    tekst = tekst.replace("\r\n", "\n").strip()
    if auteur is not None:
        tekst = leg_vermeldingen_vast(tekst, auteur, antwoord_op)
    bericht = Bericht(
        auteur=auteur,
        organisatie=organisatie,
        door=None if auteur else door,
        tekst=tekst,
        zicht=zicht,
        kring=kring,
        antwoord_op=antwoord_op,
        is_antwoord=antwoord_op is not None,
        beeld_alt=beeld_alt,
        link=eerste_link(tekst),
    )
    if (eerder := _zojuist_geplaatst(bericht)) is not None:
        return eerder
    if not tekst:
        raise ValidationError("Schrijf eerst een bericht.", code="leeg")
    velden = {"auteur", "organisatie", "door", "antwoord_op", "herhaalt", "kring", "code", "link"}
    bericht.clean_fields(exclude=velden)
    if beeld is not None:
        bericht.beeld.save(beeld.name or "beeld.jpg", beeld, save=False)
    bericht.save(force_insert=True)
    Berichtlabel.objects.bulk_create(Berichtlabel(bericht=bericht, label=label) for label in labels_in(tekst))
    vermeld = _vermelden(bericht, auteur)
    if antwoord_op is not None:
        Bericht.objects.filter(pk=antwoord_op.pk).update(aantal_antwoorden=F("aantal_antwoorden") + 1)
        meldingen.meld_antwoord(bericht, antwoord_op, vermeld)
    meldingen.meld_vermeldingen(bericht, vermeld)
    return bericht


def antwoord_per_mail(*, pk: int, door: Professional, tekst: str, bijlagen: Sequence[object] = ()) -> Bericht:
    """Answer a message of which somebody got word by mail; what is attached is left out.

    Raises BerichtFout, for the mail that goes back, when the message is gone, when the person may not read it (any
    more), and for a text that cannot be a short message.
    """
    bericht = Bericht.objects.filter(pk=pk).first()
    if bericht is None:
        raise BerichtFout(WEG)
    try:
        return plaats(tekst=tekst, zicht=bericht.zicht, door=door.gebruiker, auteur=door, antwoord_op=bericht)
    except ValidationError as fout:
        raise BerichtFout(" ".join(fout.messages)) from fout


def _vergrendel_schrijver(door: Gebruiker, auteur: Professional | None, organisatie: Organisatie | None) -> None:
    """Lock who writes, so that the same message sent twice at once is seen; whoever lost a role is refused here."""
    if auteur is not None:
        Professional.objects.select_for_update(of=("self",)).get(pk=auteur.pk)
        return
    beheer = Beheer.objects.select_for_update(of=("self",)).filter(gebruiker=door, organisatie=organisatie).first()
    if beheer is None or organisatie is None or not Organisatie.objects.zichtbaar().filter(pk=organisatie.pk).exists():
        raise BerichtFout("U kunt niet (meer) schrijven namens deze organisatie.")


def _te_beantwoorden(bericht: Bericht, auteur: Professional | None, organisatie: Organisatie | None) -> Bericht:
    zichtbaar = Bericht.objects.eigen_woorden().zichtbaar_voor(auteur)
    if auteur is None:
        zichtbaar = Bericht.objects.eigen_woorden().geplaatst().filter(zicht__gte=Berichtzicht.PORTAAL)
    # Not withdrawn between the reading of the page and this moment.
    vers = zichtbaar.select_for_update(of=("self",)).select_related("auteur", "kring").filter(pk=bericht.pk).first()
    if vers is None:
        raise BerichtFout(WEG)
    return vers


def _zojuist_geplaatst(bericht: Bericht) -> Bericht | None:
    return (
        Bericht.objects.geplaatst()
        .filter(
            auteur=bericht.auteur,
            organisatie=bericht.organisatie,
            antwoord_op=bericht.antwoord_op,
            tekst=bericht.tekst,
            geplaatst_op__gt=timezone.now() - DUBBEL,
        )
        .first()
    )


def _vermelden(bericht: Bericht, auteur: Professional | None) -> list[Professional]:
    """Keep who is mentioned: whom the writer may mention, never who blocked them."""
    codes = codes_in(bericht.tekst)
    if not codes or auteur is None:
        return []
    mensen = list(Professional.objects.actief().zonder_blokkade(auteur).filter(code__in=codes))
    bericht.vermeldingen.set(mensen)
    return mensen


@transaction.atomic
def trek_in(*, bericht: Bericht) -> None:
    """Take a message back: nobody sees it any more, its passing on ends, and after 30 days it is erased.

    Twice is once. The picture goes at once.
    """
    vers = _vergrendel(bericht)
    if vers is None or vers.plaatsing == Plaatsing.INGETROKKEN:
        return
    _haal_weg(vers)
    beeld = vers.beeld.name
    Bericht.objects.filter(pk=vers.pk).update(
        plaatsing=Plaatsing.INGETROKKEN, beeld="", beeld_alt="", gewijzigd_op=timezone.now()
    )
    if beeld:
        transaction.on_commit(lambda: default_storage.delete(beeld))


@transaction.atomic
def verberg(*, bericht: Bericht, reden: str) -> None:
    """Hide a message by a moderator, with the reason, of which the writer gets word; twice is once."""
    vers = _vergrendel(bericht)
    if vers is None or vers.plaatsing != Plaatsing.GEPLAATST:
        return
    _haal_weg(vers)
    vers.plaatsing, vers.reden, vers.gewijzigd_op = Plaatsing.VERBORGEN, reden, timezone.now()
    vers.save(update_fields=["plaatsing", "reden", "gewijzigd_op"])
    meldingen.meld_verborgen(vers)


@transaction.atomic
def toon_weer(*, bericht: Bericht) -> None:
    """Show a message again that was hidden."""
    vers = _vergrendel(bericht)
    if vers is None or vers.plaatsing != Plaatsing.VERBORGEN:
        return
    vers.plaatsing, vers.reden, vers.gewijzigd_op = Plaatsing.GEPLAATST, "", timezone.now()
    vers.save(update_fields=["plaatsing", "reden", "gewijzigd_op"])
    if vers.antwoord_op_id:
        Bericht.objects.filter(pk=vers.antwoord_op_id).update(aantal_antwoorden=F("aantal_antwoorden") + 1)


def _vergrendel(bericht: Bericht) -> Bericht | None:
    return Bericht.objects.select_for_update(of=("self",)).select_related("auteur").filter(pk=bericht.pk).first()


def _haal_weg(bericht: Bericht) -> None:
    """Undo what a message that stood had set going; the row is locked."""
    if bericht.plaatsing != Plaatsing.GEPLAATST:
        return
    Bericht.objects.filter(herhaalt=bericht.pk).delete()
    Bericht.objects.filter(pk=bericht.pk).update(aantal_herhalingen=0)
    if bericht.antwoord_op_id:
        minder_een(bericht.antwoord_op_id, "aantal_antwoorden")


def minder_een(pk: int, veld: str) -> None:
    Bericht.objects.filter(pk=pk).update(**{veld: Greatest(F(veld) - 1, 0)})


def ruim_ingetrokken_op() -> int:
    """Erase what was withdrawn 30 days ago; answers to it stay."""
    grens = timezone.now() - BEWAAR_INGETROKKEN
    aantal: dict[str, Any] = Bericht.objects.filter(plaatsing=Plaatsing.INGETROKKEN, gewijzigd_op__lt=grens).delete()[1]
    return int(aantal.get("netwerk.Bericht", 0))
