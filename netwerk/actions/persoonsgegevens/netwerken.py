"""What the networks hold of a person with an account."""

from typing import Any

from django.db.models import Q

from netwerk.actions.netwerken.basis import regel_opvolging, tel
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol
from netwerk.models import Ledenexport, Lidmaatschap, Netwerk, Netwerklink, NetwerkSteun, Netwerkuitnodiging
from welzijnportal.accounts.models import Gebruiker


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    leden = Lidmaatschap.objects.filter(professional__gebruiker=gebruiker).select_related("netwerk").order_by("pk")
    voorstellen = Netwerk.objects.filter(voorgesteld_door__gebruiker=gebruiker).order_by("pk")
    uitnodigingen = Netwerkuitnodiging.objects.filter(
        Q(door__gebruiker=gebruiker) | Q(gebruikt_door__gebruiker=gebruiker) | Q(email__iexact=gebruiker.email)
    )
    steun = NetwerkSteun.objects.filter(Q(gevraagd_door=gebruiker) | Q(bevestigd_door=gebruiker))
    return {
        "netwerken": [
            {
                "netwerk": lid.netwerk.naam,
                "rol": lid.get_rol_display(),
                "status": lid.get_status_display(),
                "antwoorden": lid.antwoorden,
                "deelt e-mailadres met beheerders": lid.deelt_mail,
                "gevraagd": lid.gevraagd_op,
                "lid sinds": lid.sinds_op,
                "laatst gezien": lid.laatst_gezien_op,
            }
            for lid in leden
        ],
        "voorgestelde netwerken": [
            {"naam": netwerk.naam, "doel": netwerk.doel, "status": netwerk.get_status_display()}
            for netwerk in voorstellen
        ],
        "uitnodigingen voor netwerken": [
            {"netwerk": een.netwerk.naam, "aan": een.email, "regel": een.regel, "op": een.verstuurd_op}
            for een in uitnodigingen.select_related("netwerk").order_by("pk").distinct()
        ],
        "links naar netwerken": [
            {"netwerk": link.netwerk.naam, "naam": link.naam, "op": link.gemaakt_op}
            for link in Netwerklink.objects.filter(door__gebruiker=gebruiker).select_related("netwerk").order_by("pk")
        ],
        "steun van organisaties": [
            {"netwerk": een.netwerk.naam, "organisatie": een.organisatie.naam, "op": een.gevraagd_op}
            for een in steun.select_related("netwerk", "organisatie").order_by("pk")
        ],
        "exports van leden": [
            {"netwerk": een.netwerk.naam, "aantal": een.aantal, "op": een.op}
            for een in Ledenexport.objects.filter(door__gebruiker=gebruiker).select_related("netwerk").order_by("pk")
        ],
    }


def erase(gebruiker: Gebruiker) -> None:
    """Take the person out of each network, which keeps a beheerder, and delete invitations to and from them.

    The networks are locked in the order of their keys, so that two accounts erased at once do not wait for each other.
    """
    leden = Lidmaatschap.objects.filter(professional__gebruiker=gebruiker)
    for pk in leden.order_by("netwerk").values_list("netwerk", flat=True):
        netwerk = Netwerk.objects.select_for_update(of=("self",)).get(pk=pk)
        # Read anew under the lock: a beheerder may have removed this person meanwhile.
        lid = leden.filter(netwerk=pk).first()
        if lid is None:
            continue
        was_lid, was_beheerder = lid.status == Lidstatus.LID, lid.rol == Rol.BEHEERDER
        lid.delete()
        if was_lid:
            tel(netwerk, -1)
        if was_beheerder:
            regel_opvolging(netwerk)
    Netwerk.objects.filter(voorgesteld_door__gebruiker=gebruiker, status=Netwerkstatus.VOORGESTELD).delete()
    Netwerkuitnodiging.objects.filter(Q(email__iexact=gebruiker.email) | Q(door__gebruiker=gebruiker)).delete()


def gevolgen(gebruiker: Gebruiker) -> list[str]:
    """Name the networks that lose their only beheerder, who can hand them over first."""
    mijn = Lidmaatschap.objects.beheerders().filter(professional__gebruiker=gebruiker).select_related("netwerk")
    anderen = Lidmaatschap.objects.beheerders().exclude(professional__gebruiker=gebruiker)
    met_ander = set(anderen.filter(netwerk__in=mijn.values("netwerk")).values_list("netwerk", flat=True))
    return [
        f"U bent de enige beheerder van het netwerk ‘{lid.netwerk}’. Wie het langst lid is, wordt dan beheerder; is er "
        "niemand, dan gaat het netwerk slapen. Liever zelf kiezen? Draag het eerst over: kies ‘Leden en rollen’ bij het netwerk."
        for lid in mijn.order_by("pk")
        if lid.netwerk_id not in met_ander and lid.netwerk.is_levend
    ]
