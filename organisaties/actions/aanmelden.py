"""Registering: from what a visitor typed to a listing that waits for a moderator."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from organisaties import notifications
from organisaties.actions.status import dien_in
from organisaties.keuzes import Soort, Status
from organisaties.models import Aanmeldconcept, Beheer, Dienst, Locatie, Openingstijd, Organisatie, Thema
from organisaties.models.beheer import Rol
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.rd import naar_rd
from welzijnportal.http import volledige_url

GELDIG = timedelta(days=7)
MAX_POGINGEN = 5
BEWAAR = timedelta(days=30)
ZOUT = "organisaties.aanmelden"


class AanmeldFout(Exception):
    """Confirming did not succeed; the message is in Dutch, for the screen."""


@dataclass
class Aanmelding:
    """What a visitor typed in the first three steps, checked by the forms."""

    velden: dict[str, Any]
    locatie: dict[str, Any]
    themas: Sequence[Thema]
    dienst: str = ""
    tijden: list[tuple[int, time, time]] = field(default_factory=list)


def soort_volgens_naam(naam: str) -> Soort:
    """Guess the kind of organisation from its name; the beheerder may correct it in the editor."""
    begin = naam.lower()
    for woorden, soort in (
        (("gemeente ",), Soort.GEMEENTE),
        (("stichting ", "st. "), Soort.STICHTING),
        (("vereniging ", "bewonersvereniging", "wijkvereniging", "buurtvereniging"), Soort.VERENIGING),
        (("coöperatie ", "cooperatie ", "zorgcoöperatie", "buurtcoöperatie"), Soort.COOPERATIE),
    ):
        if begin.startswith(woorden):
            return soort
    return Soort.OVERIG


@transaction.atomic
def meld_aan(
    *, concept: Aanmeldconcept, aanmelding: Aanmelding, door: Gebruiker | None, email: str = ""
) -> tuple[Organisatie, bool]:
    """Make the organisation of a registration; return it and whether it was made now.

    Somebody who is logged in becomes its beheerder and it is handed in at once. Otherwise it stays a
    concept and a code is mailed to ``email``. What was typed is erased from the registration. The row is
    locked, so that a button pressed twice makes one organisation.
    """
    concept = Aanmeldconcept.objects.select_for_update(of=("self",)).get(pk=concept.pk)
    if concept.organisatie is not None:
        return concept.organisatie, False
    organisatie = Organisatie.objects.create(
        **aanmelding.velden,
        soort=soort_volgens_naam(aanmelding.velden["naam"]),
        status=Status.CONCEPT,
        status_door=door,
    )
    organisatie.themas.set(aanmelding.themas)
    gemeente = aanmelding.locatie.get("gemeente")
    if gemeente:
        organisatie.gemeenten.set([gemeente])
    locatie = _maak_locatie(organisatie, aanmelding.locatie)
    if aanmelding.dienst:
        dienst = Dienst.objects.create(organisatie=organisatie, naam=aanmelding.dienst)
        dienst.themas.set(aanmelding.themas)
        dienst.locaties.set([locatie])
    Openingstijd.objects.bulk_create(
        Openingstijd(locatie=locatie, dag=dag, van=van, tot=tot) for dag, van, tot in aanmelding.tijden
    )
    concept.organisatie = organisatie
    concept.gegevens = {}
    concept.save()
    if door:
        _word_beheerder(organisatie, door)
        concept.gegevens = {"bevestigd": True}
        concept.save()
        return dien_in(organisatie=organisatie, door=door), True
    stuur_code(concept=concept, email=email)
    return organisatie, True


def _maak_locatie(organisatie: Organisatie, velden: dict[str, Any]) -> Locatie:
    locatie = Locatie(organisatie=organisatie, **velden)
    if locatie.breedtegraad is not None and locatie.lengtegraad is not None:
        locatie.punt = naar_rd(locatie.breedtegraad, locatie.lengtegraad)
    locatie.save()
    return locatie


def _word_beheerder(organisatie: Organisatie, gebruiker: Gebruiker) -> None:
    Beheer.objects.get_or_create(organisatie=organisatie, gebruiker=gebruiker, defaults={"rol": Rol.BEHEERDER})


def _hash(concept: Aanmeldconcept, code: str) -> str:
    return salted_hmac(ZOUT, f"{concept.pk}:{code}", algorithm="sha256").hexdigest()


def stuur_code(*, concept: Aanmeldconcept, email: str) -> None:
    """Mail a new code and link to the address; the codes before it stop working.

    The mail is the same whether the address has an account or not, so that nobody learns which it is.
    """
    if concept.organisatie is None:
        raise AanmeldFout("Deze aanmelding is nog niet af.")
    code = f"{secrets.randbelow(10**8):08d}"
    concept.gegevens = {
        "email": email,
        "code": _hash(concept, code),
        "pogingen": 0,
        "tot": (timezone.now() + GELDIG).timestamp(),
    }
    concept.save()
    token = signing.dumps([concept.pk, concept.gegevens["code"]], salt=ZOUT, compress=True)
    notifications.meld_aanmelding_bevestigen(
        email=email,
        organisatie=concept.organisatie,
        code=f"{code[:4]} {code[4:]}",
        link=volledige_url(reverse("organisaties:aanmelden_bevestigen", args=[token])),
    )


def is_bevestigd(concept: Aanmeldconcept) -> bool:
    return bool(concept.gegevens.get("bevestigd"))


def concept_van_link(token: str) -> Aanmeldconcept:
    """Return the registration of a link in the mail; raise AanmeldFout when it is not the last one sent."""
    oud = AanmeldFout("Deze link werkt niet meer. Gebruik de link in de laatste mail die u van ons kreeg.")
    try:
        pk, code_hash = signing.loads(token, salt=ZOUT, max_age=GELDIG)
        concept = Aanmeldconcept.objects.select_related("organisatie").get(pk=pk, organisatie__isnull=False)
    except (signing.BadSignature, Aanmeldconcept.DoesNotExist, ValueError, TypeError):
        raise oud from None
    if not is_bevestigd(concept) and concept.gegevens.get("code") != code_hash:
        raise oud
    return concept


@transaction.atomic
def _klopt(concept: Aanmeldconcept, code: str) -> bool:
    """Count one try in a transaction of its own, so that a wrong code is counted although it raises."""
    rij = Aanmeldconcept.objects.select_for_update().get(pk=concept.pk)
    gegevens = rij.gegevens
    if gegevens.get("tot", 0) < timezone.now().timestamp() or gegevens.get("pogingen", 0) >= MAX_POGINGEN:
        raise AanmeldFout("Deze code werkt niet meer. Vraag een nieuwe code aan.")
    goed = hmac.compare_digest(gegevens.get("code", ""), _hash(rij, code))
    if not goed:
        gegevens["pogingen"] = gegevens.get("pogingen", 0) + 1
        rij.save()
    return goed


def bevestig_met_code(*, concept: Aanmeldconcept, code: str) -> Gebruiker | None:
    """Confirm by the code from the mail; raise AanmeldFout for a wrong one, five tries for each mail."""
    if is_bevestigd(concept):
        return None
    if not _klopt(concept, code):
        raise AanmeldFout("Deze code klopt niet. Kijk hem nog eens na in de mail.")
    return bevestig(concept=concept)


@transaction.atomic
def bevestig(*, concept: Aanmeldconcept) -> Gebruiker | None:
    """Hand the listing in for whoever reads the mail of its address, and return that person.

    Makes the account when there is none, with the address confirmed and no password. Returns None when it
    was confirmed already. Raises AanmeldFout for an account that was closed.
    """
    concept = Aanmeldconcept.objects.select_for_update(of=("self",)).get(pk=concept.pk)
    if is_bevestigd(concept) or concept.organisatie is None or "email" not in concept.gegevens:
        return None
    gebruiker = account_van(concept.gegevens["email"])
    if not gebruiker.is_active:
        raise AanmeldFout("Het account bij dit e-mailadres is afgesloten. Neem contact met ons op.")
    _word_beheerder(concept.organisatie, gebruiker)
    if concept.organisatie.status == Status.CONCEPT:
        dien_in(organisatie=concept.organisatie, door=gebruiker)
    concept.gegevens = {"bevestigd": True}
    concept.save()
    return gebruiker


def account_van(email: str) -> Gebruiker:
    """Return the account of an address whose mail this person reads, made when there is none."""
    bewezen = EmailAddress.objects.select_related("user").filter(email__iexact=email, verified=True).first()
    if bewezen:
        return bewezen.user
    try:
        with transaction.atomic():
            gebruiker = Gebruiker.objects.create_user(email)
    except IntegrityError:
        # Somebody signed up with this address and never proved it to be theirs: their password must go.
        gebruiker = Gebruiker.objects.get(email__iexact=email)
        gebruiker.set_unusable_password()
        gebruiker.save(update_fields=["password"])
    EmailAddress.objects.filter(email__iexact=email, verified=False).exclude(user=gebruiker).delete()
    adres, _ = EmailAddress.objects.get_or_create(user=gebruiker, email=gebruiker.email)
    adres.verified = True
    adres.primary = not EmailAddress.objects.filter(user=gebruiker, primary=True).exclude(pk=adres.pk).exists()
    adres.save()
    return gebruiker


def ruim_aanmeldingen_op() -> int:
    """Erase registrations not touched for 30 days, with the concept listings that nobody confirmed."""
    oud = Aanmeldconcept.objects.filter(gewijzigd_op__lt=timezone.now() - BEWAAR)
    wezen = Organisatie.objects.filter(pk__in=oud.values("organisatie"), status=Status.CONCEPT, beheer__isnull=True)
    pks = list(wezen.values_list("pk", flat=True))
    aantal = oud.count()
    oud.delete()
    Organisatie.objects.filter(pk__in=pks).delete()
    ververs(pks)
    return aantal
