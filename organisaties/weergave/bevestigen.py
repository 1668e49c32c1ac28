"""What somebody sees who is asked 'klopt dit nog?': the listing block by block, and what changed since last time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from organisaties.actions.beantwoorden import is_door_tijd_gearchiveerd, is_te_bevestigen
from organisaties.actions.bevestigen import ALLE
from organisaties.models import Bevestiging, Organisatie
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from organisaties.weergave.geschiedenis import Verandering, momenten, sinds
from organisaties.weergave.vermelding import vermelding_context
from organisaties.weergave.vermelding.versheid import dag_in_woorden, in_woorden, is_verouderd

MEEST_VERANDERINGEN = 12
_VELDEN = ("naam", "ook_bekend_als", "soort", "kort", "tekst", "email", "telefoon", "website", "werkgebied", "talen")
_LIJSTEN = ("themas", "doelgroepen", "gemeenten", "provincies")
_OPENBAAR = {str(Organisatie._meta.get_field(veld).verbose_name) for veld in (*_VELDEN, *_LIJSTEN)}  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Blokvraag:
    """One block on the page: its heading, since when it is right in words, and whether that is of today."""

    blok: Blok
    woorden: str
    is_vandaag: bool


def bevestigen_context(organisatie: Organisatie, nu: datetime) -> dict[str, Any]:
    """Return what stands on the page for whoever may confirm; nothing that visitors may not see.

    The link in the mail opens it without logging in, so what is shown to beheerders alone stays out.
    """
    vermelding = vermelding_context(organisatie, AnonymousUser(), nu)
    rijen = {
        rij["blok"]: Bevestiging(**rij | {"bevestigd_op": datetime.fromisoformat(rij["bevestigd_op"])})
        for rij in vermelding["bevestigde_blokken"]
    }
    blokken = [_vraag(blok, rijen.get(blok), organisatie, nu) for blok in ALLE]
    return {
        "v": vermelding,
        "heeft_tijden": any(deel.tijden.rijen for deel in (*vermelding["locaties"], *vermelding["diensten"])),
        "vandaag": timezone.localdate(nu),
        "organisatie": organisatie,
        "blokken": blokken,
        "is_klaar": all(blok.is_vandaag for blok in blokken),
        "is_te_bevestigen": is_te_bevestigen(organisatie),
        "is_teruggezet": is_door_tijd_gearchiveerd(organisatie),
        "is_verouderd": is_verouderd(organisatie.bevestigd_op, nu, organisatie.versheidsstap),
        "veranderingen": _veranderd(organisatie, rijen),
    }


def _vraag(blok: Blok, rij: Bevestiging | None, organisatie: Organisatie, nu: datetime) -> Blokvraag:
    if rij is None:
        return Blokvraag(blok, "nog niet eerder bevestigd", is_vandaag=False)
    woorden = in_woorden(rij.bron, rij.bevestigd_op, nu, uit=organisatie.bron)
    van_organisatie = rij.bron in (Bevestigingsbron.ORGANISATIE, Bevestigingsbron.MODERATOR)
    return Blokvraag(blok, woorden, is_vandaag=van_organisatie and _zelfde_dag(rij.bevestigd_op, nu))


def _zelfde_dag(een: datetime, ander: datetime) -> bool:
    return timezone.localdate(een) == timezone.localdate(ander)


def _veranderd(organisatie: Organisatie, rijen: dict[str, Bevestiging]) -> list[Verandering]:
    if organisatie.bevestigd_op is None:
        return []
    alle = sinds(momenten(organisatie), organisatie.bevestigd_op)
    gezien = [verandering for verandering in alle if _is_openbaar(verandering.wat)][:MEEST_VERANDERINGEN]
    # The history of a confidential address holds the street: what stands there now is in the block itself.
    if any(verandering.wat.startswith("Locatie ") for verandering in alle):
        gezien.append(Verandering("Adressen", "", "aangepast"))
    # Hours and contact persons keep no versions: that their block was saved since is what is known.
    for blok, wat in ((Blok.TIJDEN, "Openingstijden"), (Blok.CONTACT, "Contactgegevens")):
        rij = rijen.get(blok)
        if rij and rij.bron == Bevestigingsbron.ORGANISATIE and rij.bevestigd_op > organisatie.bevestigd_op:
            gezien.append(
                Verandering(wat, "", f"nagekeken of aangepast op {dag_in_woorden(rij.bevestigd_op, timezone.now())}")
            )
    return gezien


def _is_openbaar(wat: str) -> bool:
    return wat in _OPENBAAR or wat.startswith("Aanbod ")
