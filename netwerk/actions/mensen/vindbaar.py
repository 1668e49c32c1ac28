"""The rows by which people are found: made anew after each change, with what each kind of viewer may see."""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import Value

from netwerk.keuzes import Voor
from netwerk.models import Expertise, Interesse, Professional, Profielzoek, Werkplek
from netwerk.zoeken import vector_van
from organisaties.keuzes import Status

NIVEAUS = (Voor.LEDEN, Voor.IEDEREEN)


@transaction.atomic
def ververs_mensen(professional_ids: Iterable[int]) -> None:
    """Write the search rows of these people anew, in a fixed number of queries; locks their profiles.

    Whoever is not active, or wants to be found by nobody of a level, has no row for it.
    """
    mensen = {
        mens.pk: mens
        for mens in Professional.objects.select_for_update(of=("self",))
        .select_related("gebruiker", "plaats")
        .filter(pk__in=list(professional_ids))
        .order_by("pk")
    }
    weet, leert = _labels(Expertise, mensen), _labels(Interesse, mensen)
    werk: dict[int, list[Werkplek]] = {}
    huidig = Werkplek.objects.huidig().exclude(status=Werkplek.Status.AFGEWEZEN)
    for plek in huidig.filter(professional__in=mensen, organisatie__status=Status.GEPUBLICEERD).select_related(
        "organisatie"
    ):
        werk.setdefault(plek.professional_id, []).append(plek)
    rijen = [
        _rij(mens, niveau, weet.get(pk, []), leert.get(pk, []), werk.get(pk, []))
        for pk, mens in mensen.items()
        for niveau in NIVEAUS
        if mens.gebruiker.is_active and mens.vindbaar_voor >= niveau
    ]
    Profielzoek.objects.filter(professional__in=mensen).delete()
    Profielzoek.objects.bulk_create(rijen)


def _labels(model: type[Expertise | Interesse], mensen: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    regels = model.objects.filter(content_object__in=list(mensen)).order_by("tag__name")
    gevonden: dict[int, list[tuple[int, str]]] = {}
    for wie, tag, naam in regels.values_list("content_object", "tag", "tag__name"):
        gevonden.setdefault(wie, []).append((tag, naam))
    return gevonden


def _rij(
    mens: Professional,
    niveau: Voor,
    weet: list[tuple[int, str]],
    leert: list[tuple[int, str]],
    werk: list[Werkplek],
) -> Profielzoek:
    def ziet(veld: str) -> bool:
        return bool(getattr(mens, f"{veld}_voor") >= niveau)

    weet, leert = (weet if ziet("expertise") else []), (leert if ziet("interesses") else [])
    werk = werk if ziet("werkplekken") else []
    functie = mens.functie if ziet("functie") else ""
    biedt, zoekt = (mens.biedt if ziet("biedt") else ""), (mens.zoekt if ziet("zoekt") else "")
    plaats = mens.plaats if ziet("plaats") else None
    tekst = mens.tekst if ziet("tekst") else ""
    velden = {
        "A": f"{mens.naam} {functie} {' '.join(naam for _, naam in weet)}",
        "B": f"{biedt} {zoekt} {' '.join(plek.organisatie.naam for plek in werk)} {plaats.naam if plaats else ''}",
        "C": f"{tekst} {' '.join(naam for _, naam in leert)} {' '.join(plek.functie for plek in werk)}",
    }
    gevuld = sum(bool(deel) for deel in (functie, weet, biedt or zoekt, werk, plaats, tekst, mens.foto))
    return Profielzoek(
        professional=mens,
        niveau=niveau,
        vector=Value(vector_van(velden), output_field=SearchVectorField()),
        expertise=[tag for tag, _ in weet],
        interesses=[tag for tag, _ in leert],
        organisaties=[plek.organisatie_id for plek in werk],
        biedt=bool(biedt),
        zoekt=bool(zoekt),
        punt=mens.punt if plaats else None,
        score=gevuld + (3 if mens.is_bevestigd else 0),
    )


def bekende_labels() -> list[str]:
    """Return the labels that most profiles hold, as suggestions for who fills one in."""
    tellingen = (
        Expertise.objects.order_by()
        .values("tag__name")
        .annotate(keren=models.Count("pk"))
        .order_by("-keren", "tag__name")
    )
    return list(tellingen.values_list("tag__name", flat=True)[:100])


def organisaties_van(mensen: Iterable[int]) -> dict[int, list[int]]:
    """Return the organisations where each of these people works now and that confirmed it."""
    rijen = Werkplek.objects.bevestigd().filter(professional__in=list(mensen)).order_by()
    return dict(rijen.values("professional").annotate(alle=ArrayAgg("organisatie")).values_list("professional", "alle"))
