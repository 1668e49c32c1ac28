"""What the directory holds of a person with an account."""

from typing import Any

from django.db.models import Q

from organisaties.actions import opvolging
from organisaties.models import (
    Abonnement,
    Beheer,
    BeheerUitnodiging,
    Bevestiging,
    Correctie,
    Doorgeefblad,
    Doorgeeflijst,
    Melding,
    NietVermelding,
    Overname,
    Verbinding,
    Voorspraak,
)
from welzijnportal.accounts.models import Gebruiker


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    return {
        "beheer": [
            {"organisatie": beheer.organisatie.naam, "rol": beheer.get_rol_display(), "sinds": beheer.sinds_op}
            for beheer in Beheer.objects.filter(gebruiker=gebruiker).select_related("organisatie").order_by("pk")
        ],
        "aanvragen om te beheren": [
            {
                "organisatie": overname.organisatie.naam,
                "uitleg": overname.uitleg,
                "status": overname.get_status_display(),
                "op": overname.gevraagd_op,
            }
            for overname in Overname.objects.filter(gebruiker=gebruiker).select_related("organisatie").order_by("pk")
        ],
        "vragen om niet te vermelden": [
            {"over": verzoek.naam, "reden": verzoek.reden, "op": verzoek.gevraagd_op}
            for verzoek in NietVermelding.objects.filter(email__iexact=gebruiker.email).order_by("pk")
        ],
        "bevestigingen": [
            {"organisatie": rij.organisatie.naam, "onderdeel": rij.get_blok_display(), "op": rij.bevestigd_op}
            for rij in Bevestiging.objects.filter(bevestigd_door=gebruiker).select_related("organisatie").order_by("pk")
        ],
        "uitnodigingen": [
            {
                "organisatie": uitnodiging.organisatie.naam,
                "aan": uitnodiging.email,
                "rol": uitnodiging.get_rol_display(),
                "op": uitnodiging.uitgenodigd_op,
            }
            for uitnodiging in BeheerUitnodiging.objects.filter(
                Q(uitgenodigd_door=gebruiker) | Q(email__iexact=gebruiker.email)
            )
            .select_related("organisatie")
            .order_by("pk")
        ],
        "meldingen": [
            {"over": melding.organisatie.naam, "tekst": melding.tekst, "op": melding.gemeld_op}
            for melding in Melding.objects.filter(email__iexact=gebruiker.email)
            .select_related("organisatie")
            .order_by("pk")
        ],
        "verbeteringen": [
            {"over": correctie.organisatie.naam, "wat": correctie.onderwerp, "voorstel": correctie.nieuwe_waarde}
            for correctie in Correctie.objects.filter(email__iexact=gebruiker.email)
            .select_related("organisatie", "locatie", "dienst")
            .order_by("pk")
        ],
        "instaan": [
            {"voor": voorspraak.organisatie.naam, "namens": voorspraak.namens.naam, "op": voorspraak.gegeven_op}
            for voorspraak in Voorspraak.objects.filter(gegeven_door=gebruiker)
            .select_related("organisatie", "namens")
            .order_by("pk")
        ],
        "verbindingen": [
            {"van": verbinding.van.naam, "naar": verbinding.naar.naam, "op": verbinding.gevraagd_op}
            for verbinding in Verbinding.objects.filter(Q(gevraagd_door=gebruiker) | Q(beantwoord_door=gebruiker))
            .select_related("van", "naar")
            .order_by("pk")
        ],
        "doorgeeflijsten": [
            {"naam": lijst.naam, "gewijzigd": lijst.gewijzigd_op, "adressen": _adressen(lijst)}
            for lijst in Doorgeeflijst.objects.filter(eigenaar=gebruiker).order_by("pk")
        ],
        "gedeelde lijsten": [
            {"titel": blad.naam, "gedeeld": blad.gedeeld_op, "tot": blad.verloopt_op, "adressen": _adressen(blad)}
            for blad in Doorgeefblad.objects.van(gebruiker).order_by("pk")
        ],
        "volgt": [
            {"wat": abonnement.naam, "sinds": abonnement.aangemaakt_op, "bevestigd": abonnement.bevestigd_op}
            for abonnement in Abonnement.objects.filter(email__iexact=gebruiker.email)
        ],
    }


def _adressen(lijst: Doorgeeflijst | Doorgeefblad) -> list[dict[str, Any]]:
    velden = ("organisatie__naam", "dienst__naam", "zin")
    return [dict(zip(velden, rij, strict=True)) for rij in lijst.regels.values_list(*velden)]


def erase(gebruiker: Gebruiker) -> None:
    """Delete the roles and the invitations to and from this person, and forget who sent a report.

    A listing and its history stay, without the person; one that loses its last beheerder is put in the queue of
    the moderators, and its general address gets a mail.
    """
    verweesd = opvolging.laatste_beheerder_van(gebruiker)
    Beheer.objects.filter(gebruiker=gebruiker).delete()
    opvolging.trek_uitnodigingen_in(gebruiker_id=gebruiker.pk)
    opvolging.meld_zonder_beheerder(verweesd)
    Bevestiging.objects.filter(bevestigd_door=gebruiker).update(bevestigd_door=None)
    Abonnement.objects.filter(email__iexact=gebruiker.email).delete()
    Doorgeeflijst.objects.filter(eigenaar=gebruiker).delete()
    Doorgeefblad.objects.van(gebruiker).delete()
    BeheerUitnodiging.objects.filter(email__iexact=gebruiker.email).delete()
    Melding.objects.filter(email__iexact=gebruiker.email).update(email="")
    NietVermelding.objects.filter(email__iexact=gebruiker.email).update(email="")
    Correctie.objects.filter(email__iexact=gebruiker.email).update(email="")


def gevolgen(gebruiker: Gebruiker) -> list[str]:
    """Name the listings that lose their last beheerder, who can hand them over first."""
    return [
        f"U bent de laatste beheerder van ‘{organisatie.naam}’. De vermelding blijft staan, maar niemand houdt haar dan "
        "bij. Draag haar eerst over: kies in Mijn overzicht de vermelding, dan ‘Beheerders’ en ‘Aan een opvolger overdragen’."
        for organisatie in opvolging.laatste_beheerder_van(gebruiker)
    ]
