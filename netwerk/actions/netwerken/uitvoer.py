"""Taking the list of members out of the portal: noted, and told to the members."""

from django.db import transaction

from netwerk.actions.netwerken.basis import vergrendel_als_beheerder
from netwerk.models import Ledenexport, Lidmaatschap, Netwerk, Professional
from netwerk.notifications import netwerken as notifications


@transaction.atomic
def neem_leden_mee(*, netwerk: Netwerk, door: Professional, vorm: str) -> list[Lidmaatschap]:
    """Return the members for an export by one of the beheerders; write that it was done and tell the members.

    NetwerkFout for who is no beheerder by now. More than one download a day is told once.
    """
    netwerk = vergrendel_als_beheerder(netwerk, door)
    leden = list(
        Lidmaatschap.objects.leden()
        .filter(netwerk=netwerk, professional__gebruiker__is_active=True)
        .select_related("professional__gebruiker", "professional__plaats")
        .order_by("rol", "professional__naam", "pk")
    )
    vandaag = netwerk.exports.filter(door=door).order_by("-op").first()
    export = Ledenexport.objects.create(netwerk=netwerk, door=door, vorm=vorm, aantal=len(leden))
    if vandaag is None or vandaag.op.date() != export.op.date():
        notifications.meld_export(netwerk=netwerk, door=door, leden=[lid.professional for lid in leden])
    return leden
