"""Changing what a network says of itself, and who sees what."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from netwerk.actions.netwerken.basis import NetwerkFout, vergrendel_als_beheerder, zet_vector
from netwerk.actions.weten.kaarten import versmal
from netwerk.models import Gesprek, Netwerk, Professional


@transaction.atomic
def wijzig(
    *,
    netwerk: Netwerk,
    door: Professional,
    velden: dict[str, Any],
    verbonden: dict[str, Iterable[Any]],
    beeld: ContentFile[bytes] | None = None,
    beeld_weg: bool = False,
    gezien_op: datetime | None = None,
) -> Netwerk:
    """Write the fields of a network; NetwerkFout for who is no beheerder, or saw an older version.

    Who may read conversations made narrower narrows what is there, in this transaction. Made wider, what was written
    among fewer people stays among them. The old picture goes when the database has let go of it.
    """
    zicht = velden["zicht_gesprekken"]
    # Before the network: a reply holds its conversation when it touches the network, and the two must not wait for each other.
    list(
        Gesprek.objects.select_for_update(of=("self",))
        .filter(netwerk=netwerk, zicht__gt=zicht)
        .order_by("pk")
        .values("pk")
    )
    vers = vergrendel_als_beheerder(netwerk, door)
    if gezien_op is not None and vers.gewijzigd_op != gezien_op:
        raise NetwerkFout(
            "Een andere beheerder heeft dit netwerk intussen gewijzigd. Open de pagina opnieuw in een ander tabblad, "
            "en neem over wat u hier hebt getypt."
        )
    oud_beeld = vers.beeld.name
    for naam, waarde in velden.items():
        setattr(vers, naam, waarde)
    vers.gewijzigd_op = timezone.now()
    if beeld is not None:
        vers.beeld.save(beeld.name or "beeld.jpg", beeld, save=False)
    elif beeld_weg:
        vers.beeld = ""
    vers.save()
    for naam, rijen in verbonden.items():
        getattr(vers, naam).set(rijen)
    Gesprek.objects.filter(netwerk=vers, zicht__gt=zicht).update(zicht=zicht)
    versmal(vers)
    zet_vector(vers)
    if oud_beeld and oud_beeld != vers.beeld.name:
        opslag = Netwerk._meta.get_field("beeld").storage
        transaction.on_commit(lambda: opslag.delete(oud_beeld))
    return vers
