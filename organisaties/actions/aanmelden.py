"""Registering: from what a visitor typed to a listing that waits for a moderator."""

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import partial
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
OUDE_LINK = "Deze link werkt niet meer. Gebruik de link in de laatste mail die u van ons kreeg."


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
    *, concept: Aanmeldconcept, aanmelding: Aanmelding, door: Gebruiker | None, email: str = "", met_mail: bool = True
) -> tuple[Organisatie, bool]:
    """Make the organisation of a registration; return it and whether it was made now.

    Somebody who is logged in becomes its beheerder and it is handed in at once. Otherwise it stays a
    concept and a code is mailed to ``email``, as ``stuur_code`` does. What was typed is erased from the registration. The row is
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
    stuur_code(concept=concept, email=email, met_mail=met_mail)
    return organisatie, True


def _maak_locatie(organisatie: Organisatie, velden: dict[str, Any]) -> Locatie:
    locatie = Locatie(organisatie=organisatie, **velden)
    if locatie.breedtegraad is not None and locatie.lengtegraad is not None:
        locatie.punt = naar_rd(locatie.breedtegraad, locatie.lengtegraad)
    locatie.save()
    return locatie


def _word_beheerder(organisatie: Organisatie, gebruiker: Gebruiker) -> None:
    Beheer.objects.get_or_create(organisatie=organisatie, gebruiker=gebruiker, defaults={"rol": Rol.BEHEERDER})


def _vergrendel(pk: int) -> Aanmeldconcept | None:
    return Aanmeldconcept.objects.select_for_update(of=("self",)).filter(pk=pk, organisatie__isnull=False).first()


def _hash(pk: int, email: str, code: str) -> str:
    """Bind a code to the address it was mailed to, so that it proves no other address."""
    return salted_hmac(ZOUT, f"{pk}:{email}:{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def stuur_code(*, concept: Aanmeldconcept, email: str, met_mail: bool = True) -> None:
    """Mail a new code and link to the address; the codes before it stop working. Does nothing once confirmed.

    Without ``met_mail``, for an address that had its share, nothing is mailed: the last code to the same
    address goes on working, and another address is kept with nothing that could confirm it.
    The mail is the same whether the address has an account or not, so that nobody learns which it is.
    """
    rij = _vergrendel(concept.pk)
    if rij is None:
        raise AanmeldFout("Deze aanmelding is nog niet af.")
    if is_bevestigd(rij) or (not met_mail and rij.gegevens.get("email") == email):
        return
    code = f"{secrets.randbelow(10**8):08d}"
    rij.gegevens = {
        "email": email,
        "code": _hash(rij.pk, email, code) if met_mail else "",
        "pogingen": 0,
        "tot": (timezone.now() + GELDIG).timestamp(),
    }
    rij.save()
    if not met_mail or rij.organisatie is None:
        return
    token = signing.dumps([rij.pk, rij.gegevens["code"]], salt=ZOUT, compress=True)
    notifications.meld_aanmelding_bevestigen(
        email=email,
        organisatie=rij.organisatie,
        code=f"{code[:4]} {code[4:]}",
        link=volledige_url(reverse("organisaties:aanmelden_bevestigen", args=[token])),
    )


def is_bevestigd(concept: Aanmeldconcept) -> bool:
    return bool(concept.gegevens.get("bevestigd"))


def _lees_link(token: str) -> tuple[int, str]:
    try:
        pk, code_hash = signing.loads(token, salt=ZOUT, max_age=GELDIG)
    except (signing.BadSignature, ValueError, TypeError):
        raise AanmeldFout(OUDE_LINK) from None
    return pk, code_hash


def _fout_van_link(rij: Aanmeldconcept, code_hash: str) -> str:
    goed = hmac.compare_digest(rij.gegevens.get("code", ""), code_hash)
    return "" if goed and rij.gegevens.get("tot", 0) >= timezone.now().timestamp() else OUDE_LINK


def _fout_van_code(rij: Aanmeldconcept, code: str) -> str:
    """Check a code against the locked row, and count the try when it is wrong."""
    gegevens = rij.gegevens
    if gegevens.get("tot", 0) < timezone.now().timestamp() or gegevens.get("pogingen", 0) >= MAX_POGINGEN:
        return "Deze code werkt niet meer. Vraag een nieuwe code aan."
    if hmac.compare_digest(gegevens.get("code", ""), _hash(rij.pk, gegevens.get("email", ""), code)):
        return ""
    gegevens["pogingen"] = gegevens.get("pogingen", 0) + 1
    rij.save()
    return "Deze code klopt niet. Kijk hem nog eens na in de mail."


def concept_van_link(token: str) -> Aanmeldconcept:
    """Return the registration of a link in the mail, to show; raise AanmeldFout when it is not the last one sent."""
    pk, code_hash = _lees_link(token)
    concept = Aanmeldconcept.objects.select_related("organisatie").filter(pk=pk, organisatie__isnull=False).first()
    if concept is None or (not is_bevestigd(concept) and _fout_van_link(concept, code_hash)):
        raise AanmeldFout(OUDE_LINK)
    return concept


def bevestig_met_code(*, concept: Aanmeldconcept, code: str) -> Gebruiker | None:
    """Confirm by the code from the mail, as ``_bevestig``; raise AanmeldFout for a wrong one, five tries a mail."""
    return _of_fout(_bevestig(concept.pk, partial(_fout_van_code, code=code)))


def bevestig_met_link(token: str) -> Gebruiker | None:
    """Confirm by the link from the mail, as ``_bevestig``; raise AanmeldFout when it is not the last one sent."""
    pk, code_hash = _lees_link(token)
    return _of_fout(_bevestig(pk, partial(_fout_van_link, code_hash=code_hash)))


def _of_fout(uitkomst: Gebruiker | str | None) -> Gebruiker | None:
    if isinstance(uitkomst, str):
        raise AanmeldFout(uitkomst)
    return uitkomst


@transaction.atomic
def _bevestig(pk: int, fout_van: Callable[[Aanmeldconcept], str]) -> Gebruiker | str | None:
    """Hand the listing in for whoever proved to read the mail of its address, and return that person.

    Makes the account when there is none, with the address confirmed and no password. Returns None when it
    was confirmed already. The proof is checked and its address used under one lock: between the two, another
    request could put somebody else's address there. A wrong proof is returned and not raised, because
    raising would roll the counted try back. Raises AanmeldFout for an account that was closed.
    """
    rij = _vergrendel(pk)
    if rij is None or rij.organisatie is None:
        return "Deze aanmelding is er niet meer. Meld uw organisatie opnieuw aan."
    if is_bevestigd(rij):
        return None
    if fout := fout_van(rij):
        return fout
    gebruiker = account_van(rij.gegevens["email"])
    if not gebruiker.is_active:
        raise AanmeldFout("Het account bij dit e-mailadres is afgesloten. Neem contact met ons op.")
    _word_beheerder(rij.organisatie, gebruiker)
    if rij.organisatie.status == Status.CONCEPT:
        dien_in(organisatie=rij.organisatie, door=gebruiker)
    rij.gegevens = {"bevestigd": True}
    rij.save()
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
