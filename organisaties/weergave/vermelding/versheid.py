"""Since when, and according to whom, the blocks of a listing are right: in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date

from organisaties.keuzes import Versheidsstap
from organisaties.models.bevestiging import Bevestigingsbron, Blok

# The longest rhythm, the two weeks over which questions are spread, and the six weeks of reminders: what is older
# than this is old whether the cycle runs or not.
_VEROUDERD_NA = timedelta(days=365 + 14 + 42)
_VOLGENS = {
    Bevestigingsbron.ORGANISATIE: "volgens de organisatie",
    Bevestigingsbron.COLLEGA: "volgens een andere organisatie",
    Bevestigingsbron.MODERATOR: "volgens de redactie",
}


@dataclass(frozen=True, slots=True)
class Regel:
    """'Adres en tijden: kloppen volgens de organisatie op 3 november.'"""

    tekst: str
    is_bevestigd: bool


def is_verouderd(bevestigd_op: datetime | None, nu: datetime, stap: int = Versheidsstap.VERS) -> bool:
    """Whether nobody answered for so long that the date must not reassure."""
    return stap >= Versheidsstap.VEROUDERD or (bevestigd_op is not None and nu - bevestigd_op > _VEROUDERD_NA)


def dag_in_woorden(moment: datetime, nu: datetime) -> str:
    """'3 november', with the year when it is another."""
    dag, vandaag = timezone.localdate(moment), timezone.localdate(nu)
    return format_date(dag, "j F" if dag.year == vandaag.year else "j F Y")


def in_woorden(bron: str, op: datetime, nu: datetime, *, uit: str = "") -> str:
    """'klopt volgens de organisatie op 3 november', or of an import from where and when it was taken over."""
    dag = dag_in_woorden(op, nu)
    if bron == Bevestigingsbron.IMPORT:
        return f"overgenomen uit {uit or 'een ander bestand'} op {dag}, nog niet bevestigd door de organisatie"
    return f"klopt {_VOLGENS[Bevestigingsbron(bron)]} op {dag}"


def bevestigd(rijen: list[dict[str, str]], nu: datetime, *, uit: str, heeft_locaties: bool) -> dict[str, list[Regel]]:
    """Return the lines for each place on the page: 'contact', 'aanbod' and 'waar'.

    Hours stand with the addresses, and with the services where there is no address.
    """
    per_blok = {Blok(rij["blok"]): (rij["bron"], datetime.fromisoformat(rij["bevestigd_op"])) for rij in rijen}
    aanbod, waar = [("Aanbod", Blok.DIENSTEN)], [("Adres", Blok.LOCATIE)]
    (waar if heeft_locaties else aanbod).append(("Tijden", Blok.TIJDEN))
    plekken = {"contact": [("Telefoon, e-mail en website", Blok.CONTACT)], "aanbod": aanbod, "waar": waar}
    return {plek: _regels(namen, per_blok, nu, uit) for plek, namen in plekken.items()}


def _regels(
    namen: list[tuple[str, Blok]], per_blok: dict[Blok, tuple[str, datetime]], nu: datetime, uit: str
) -> list[Regel]:
    """One line for the blocks that were confirmed by the same on the same day."""
    samen: dict[str, list[str]] = {}
    for naam, blok in namen:
        if blok in per_blok:
            samen.setdefault(in_woorden(*per_blok[blok], nu, uit=uit), []).append(naam)
    regels = []
    for woorden, wie in samen.items():
        onderwerp = " en ".join([wie[0], *(naam.lower() for naam in wie[1:])])
        meervoud = len(wie) > 1 or wie[0] in ("Tijden", "Telefoon, e-mail en website")
        tekst = woorden.replace("klopt ", "kloppen ", 1) if meervoud and woorden.startswith("klopt ") else woorden
        regels.append(Regel(f"{onderwerp}: {tekst}.", is_bevestigd=woorden.startswith("klopt ")))
    return regels
