"""What contacts, introductions, invitations, blocks, reports and private post hold of a person with an account."""

from typing import Any

from django.db.models import Q

from netwerk.models import (
    Blokkade,
    Contact,
    Contactuitnodiging,
    Introductie,
    Postbericht,
    Postdraad,
    Professional,
    Signaal,
)
from welzijnportal.accounts.models import Gebruiker


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    """Return what this person may know: of a declined question its asker sees that it waits."""
    mens = Professional.objects.filter(gebruiker=gebruiker).first()
    if mens is None:
        return {}
    gevraagd = Contact.objects.gevraagd_door(mens).select_related("gevraagde")
    aan_mij = Contact.objects.wacht_op(mens).select_related("vrager")
    afgewezen = Contact.objects.filter(gevraagde=mens, status=Contact.Status.AFGEWEZEN).select_related("vrager")
    introducties = Introductie.objects.filter(
        Q(vrager=mens) | Q(via=mens) | (Q(doel=mens) & Q(doorgegeven_op__isnull=False))
    ).select_related("vrager", "via", "doel")
    return {
        "contacten": [
            {
                "met": rij.ander(mens).naam,
                "sinds": rij.beantwoord_op,
                "uw vraag" if rij.vrager_id == mens.pk else "vraag van de ander": rij.regel,
            }
            for rij in Contact.objects.bevestigd().van(mens).select_related("vrager", "gevraagde")
        ],
        "u vroeg contact": [{"aan": rij.gevraagde.naam, "regel": rij.regel, "op": rij.gevraagd_op} for rij in gevraagd],
        "vroegen u contact": [{"van": rij.vrager.naam, "regel": rij.regel, "op": rij.gevraagd_op} for rij in aan_mij],
        "u zei nee tegen": [{"van": rij.vrager.naam, "op": rij.beantwoord_op} for rij in afgewezen],
        "introducties": [
            {
                "gevraagd door": rij.vrager.naam,
                "via": rij.via.naam,
                "aan": rij.doel.naam,
                "regel": rij.regel,
                "woord erbij": rij.regel_via if rij.vrager_id != mens.pk else "",
                "op": rij.gevraagd_op,
            }
            for rij in introducties
        ],
        "uitnodigingen": [
            {
                "aan": rij.email or "persoonlijke link",
                "regel": rij.regel,
                "op": rij.verstuurd_op,
                "gebruikt": rij.gebruikt_op,
            }
            for rij in Contactuitnodiging.objects.filter(door=mens)
        ],
        "geblokkeerd": [
            rij.geblokkeerd.naam for rij in Blokkade.objects.filter(door=mens).select_related("geblokkeerd")
        ],
        "meldingen aan de redactie": [
            {"over": str(rij), "tekst": rij.tekst, "op": rij.gemeld_op, "stand": rij.get_status_display()}
            for rij in Signaal.objects.filter(door=mens)
        ],
        "post": _post(mens),
    }


def _post(mens: Professional) -> list[dict[str, Any]]:
    draden = list(
        Postdraad.objects.filter(Q(van=mens) | Q(aan=mens))
        .select_related("van", "aan", "aan_organisatie")
        .order_by("pk")
    )
    brieven: dict[int, list[dict[str, Any]]] = {draad.pk: [] for draad in draden}
    for brief in Postbericht.objects.filter(draad__in=draden).select_related("auteur").order_by("draad", "nummer"):
        brieven[brief.draad_id].append({"van": str(brief.auteur or ""), "op": brief.op, "tekst": brief.tekst})
    return [
        {
            "onderwerp": draad.onderwerp,
            "van": str(draad.van or ""),
            "aan": str(draad.aan_organisatie or draad.aan or ""),
            "berichten": brieven[draad.pk],
        }
        for draad in draden
    ]


def erase(gebruiker: Gebruiker) -> None:
    """Remove the threads that nobody has any more; the other rows go, or lose the name, with the account."""
    mens = Professional.objects.filter(gebruiker=gebruiker).first()
    if mens is not None:
        alleen = Q(van=mens, aan=None, aan_organisatie=None) | Q(aan=mens, van=None)
        Postdraad.objects.filter(alleen).delete()


def gevolgen(gebruiker: Gebruiker) -> list[str]:
    """Say what of private post stays with others."""
    mens = Professional.objects.filter(gebruiker=gebruiker).first()
    if mens is None or not Postdraad.objects.filter(Q(van=mens) | Q(aan=mens)).exists():
        return []
    return ["Persoonlijke berichten die u stuurde, blijven bij wie ze kreeg, zonder uw naam."]
