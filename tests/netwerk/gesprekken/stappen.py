"""What every test of conversations begins with."""

from typing import Any

from netwerk.actions.gesprekken.plaatsen import plaats
from netwerk.models import Gesprek, Netwerk

TEKST = "Wij gaan **langs de deuren** en bellen aan."


def begin(netwerk: Netwerk, door: Any, **velden: Any) -> Gesprek:
    return plaats(
        door=door,
        netwerk=netwerk,
        velden={"soort": "vraag", "titel": "Hoe?", "tekst": TEKST, **velden},
        labels=["deur"],
    )
