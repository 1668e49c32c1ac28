"""What all writing in conversations has in common."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Q, Value

from netwerk.actions.berichttekst import vervang_namen
from netwerk.models import Contact, Gesprek, Gesprekvolger, Lidmaatschap, Professional, Reactie
from netwerk.zoeken import vector_van
from welzijnportal.markdown import naar_tekst


class GesprekFout(Exception):
    """This cannot be done (any more); the message is in Dutch, for the screen."""


def met_namen(tekst: str, door: Professional, netwerk_id: int | None, gesprek: Gesprek | None = None) -> str:
    """Replace '@Name' of a member of the network, of who takes part, or of an own contact, by '@[code]'."""
    bekend = Q(pk__in=Contact.objects.bevestigd().filter(vrager=door).values("gevraagde")) | Q(
        pk__in=Contact.objects.bevestigd().filter(gevraagde=door).values("vrager")
    )
    if netwerk_id:
        bekend |= Q(pk__in=Lidmaatschap.objects.leden().filter(netwerk=netwerk_id).values("professional"))
    if gesprek is not None:
        bekend |= Q(pk=gesprek.auteur_id) | Q(pk__in=Reactie.objects.filter(gesprek=gesprek).values("auteur"))
    return vervang_namen(tekst, door, bekend)


def zet_vector(gesprek: Gesprek, labels: Iterable[str]) -> None:
    """Write the words by which a conversation is found; the row is saved by this."""
    velden = {
        "A": gesprek.titel,
        "B": f"{gesprek.samenvatting} {' '.join(labels)}",
        "C": naar_tekst(gesprek.tekst),
        "D": naar_tekst(gesprek.antwoord.tekst) if gesprek.antwoord is not None else "",
    }
    vector = Value(vector_van(velden), output_field=SearchVectorField())
    Gesprek.objects.filter(pk=gesprek.pk).update(vector=vector)


def volg(*, gesprek: Gesprek, professional: Professional, volgt: bool = True, uit_zichzelf: bool = False) -> None:
    """Let somebody get word of replies, or not; ``uit_zichzelf`` leaves alone what the person chose before."""
    rij = Gesprekvolger(gesprek=gesprek, professional=professional, volgt=volgt)
    if uit_zichzelf:
        Gesprekvolger.objects.bulk_create([rij], ignore_conflicts=True)
        return
    Gesprekvolger.objects.bulk_create(
        [rij], update_conflicts=True, unique_fields=["gesprek", "professional"], update_fields=["volgt"]
    )
