"""What comes into the home line of somebody, in which order, and what never does."""

from typing import Any

import pytest

from netwerk.keuzes import Plaatsing
from netwerk.models import Bericht, Gedempt, Professional, Volgt
from netwerk.models.bericht import Berichtzicht
from netwerk.weergave.berichten import lijnregels
from netwerk.weergave.thuislijn import thuislijn
from tests.fabriek import (
    maak_bericht,
    maak_blokkade,
    maak_contact,
    maak_organisatie,
    maak_professional,
    maak_thema,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kees() -> Professional:
    return maak_professional(naam="Kees Kok", is_volgbaar=True)


def gevolgd_door(kijker: Professional, naam: str = "") -> Professional:
    mens = maak_professional(naam=naam, is_volgbaar=True)
    Volgt.objects.create(volger=kijker, professional=mens)
    return mens


def lijn(kijker: Professional, voor: int | None = None) -> list[str]:
    """The texts as they are shown, with who passed them on."""
    regels, _ = lijnregels(kijker, voor=voor)
    return [f"{regel.bericht.tekst}{f' ({regel.doorgever})' if regel.doorgever else ''}" for regel in regels]


def test_lijn_toont_wie_men_volgt_en_zichzelf_op_volgorde(kees: Professional) -> None:
    sanne, organisatie = gevolgd_door(kees), maak_organisatie()
    Volgt.objects.create(volger=kees, organisatie=organisatie)
    maak_bericht(sanne, tekst="een")
    maak_bericht(organisatie, tekst="twee")
    maak_bericht(tekst="van wie men niet volgt")
    maak_bericht(maak_organisatie(), tekst="van een andere organisatie")
    maak_bericht(kees, tekst="drie", zicht=Berichtzicht.CONTACTEN)
    maak_bericht(sanne, tekst="vier", zicht=Berichtzicht.VOLGERS)
    maak_bericht(sanne, tekst="alleen voor contacten", zicht=Berichtzicht.CONTACTEN)
    maak_bericht(sanne, tekst="een antwoord", antwoord_op=maak_bericht(tekst="ander"))
    assert lijn(kees) == ["vier", "drie", "twee", "een"]
    maak_contact(sanne, kees)
    assert lijn(kees) == ["alleen voor contacten", "vier", "drie", "twee", "een"]


def test_lijn_toont_wat_over_een_gevolgd_thema_gaat_een_keer(kees: Professional) -> None:
    sanne = gevolgd_door(kees)
    Volgt.objects.create(
        volger=kees, thema=maak_thema(slug="geld-en-schulden", naam="Geld", trefwoorden=["Rood staan"])
    )
    for nummer, (schrijver, label, zicht) in enumerate(
        [
            (None, "geldenschulden", 4),
            (None, "geld", 3),
            (None, "roodstaan", 4),
            (sanne, "geld", 4),
            (None, "taal", 4),
            (None, "geld", 2),
        ]
    ):
        maak_bericht(schrijver, tekst=str(nummer), zicht=zicht).labelrijen.create(label=label)
    meer = maak_bericht(tekst="twee labels")
    for label in ("geld", "roodstaan"):
        meer.labelrijen.create(label=label)
    assert lijn(kees) == ["twee labels", "3", "2", "1", "0"]


def test_doorgegeven_staat_er_een_keer_bij_wie_het_eerst_doorgaf(kees: Professional) -> None:
    sanne, bo = gevolgd_door(kees, "Sanne"), gevolgd_door(kees, "Bo")
    bericht = maak_bericht(tekst="van ver")
    maak_bericht(maak_professional(), herhaalt=bericht, tekst="")
    maak_bericht(bo, herhaalt=bericht, tekst="")
    maak_bericht(sanne, tekst="tussendoor")
    maak_bericht(sanne, herhaalt=bericht, tekst="")
    maak_bericht(kees, herhaalt=bericht, tekst="")
    assert lijn(kees) == ["tussendoor", "van ver (Bo)"]
    assert lijn(sanne) == ["van ver (u)", "tussendoor"]


def test_wat_men_al_krijgt_komt_niet_nog_eens_doorgegeven(kees: Professional) -> None:
    sanne, bo, organisatie = gevolgd_door(kees), gevolgd_door(kees), maak_organisatie()
    Volgt.objects.create(volger=kees, organisatie=organisatie)
    Volgt.objects.create(volger=kees, thema=maak_thema(slug="geld"))
    over_geld = maak_bericht(tekst="geld")
    over_geld.labelrijen.create(label="geld")
    antwoord = maak_bericht(sanne, tekst="antwoord", antwoord_op=maak_bericht(tekst="elders"))
    for bericht in (maak_bericht(sanne, tekst="sanne"), maak_bericht(organisatie, tekst="linde"), over_geld, antwoord):
        maak_bericht(bo, herhaalt=bericht, tekst="")
    # An answer is not in the line by itself, so it may come in by who passes it on.
    assert lijn(kees) == [f"antwoord ({bo.naam})", "linde", "sanne", "geld"]


@pytest.mark.parametrize("wie", ["schrijver", "doorgever"])
@pytest.mark.parametrize("hoe", ["blokkeert", "is geblokkeerd", "gedempt", "gesloten account", "niet meer te volgen"])
def test_lijn_toont_nooit_wie_weg_moet(kees: Professional, wie: str, hoe: str) -> None:
    sanne = gevolgd_door(kees)
    eerder = maak_bericht(maak_professional(), tekst="van een vreemde")
    if wie == "schrijver":
        maak_bericht(sanne, tekst="van Sanne")
        maak_bericht(gevolgd_door(kees), herhaalt=maak_bericht(sanne, tekst="door een ander"), tekst="")
    else:
        maak_bericht(sanne, herhaalt=eerder, tekst="")
    assert lijn(kees) != []
    if hoe == "blokkeert":
        maak_blokkade(kees, sanne)
    elif hoe == "is geblokkeerd":
        maak_blokkade(sanne, kees)
    elif hoe == "gedempt":
        Gedempt.objects.create(door=kees, gedempt=sanne)
    elif hoe == "gesloten account":
        type(sanne.gebruiker).objects.filter(pk=sanne.gebruiker_id).update(is_active=False)
    else:
        Professional.objects.filter(pk=sanne.pk).update(is_volgbaar=False)
    over = lijn(kees)
    if wie == "schrijver" and hoe == "niet meer te volgen":
        # Who may not be followed can still be passed on by another.
        assert len(over) == 1
        assert over[0].startswith("door een ander (")
    else:
        assert over == []


def test_doorgegeven_door_een_gedempte_komt_alsnog_van_een_ander(kees: Professional) -> None:
    sanne, bo = gevolgd_door(kees, "Sanne"), gevolgd_door(kees, "Bo")
    bericht = maak_bericht(tekst="van ver")
    maak_bericht(sanne, herhaalt=bericht, tekst="")
    maak_bericht(bo, herhaalt=bericht, tekst="")
    assert lijn(kees) == ["van ver (Sanne)"]
    Gedempt.objects.create(door=kees, gedempt=sanne)
    assert lijn(kees) == ["van ver (Bo)"]


@pytest.mark.parametrize("plaatsing", [Plaatsing.INGETROKKEN, Plaatsing.VERBORGEN])
def test_ingetrokken_en_verborgen_komen_niet_terug_door_doorgeven(kees: Professional, plaatsing: str) -> None:
    sanne = gevolgd_door(kees)
    bericht = maak_bericht(tekst="van ver")
    maak_bericht(sanne, herhaalt=bericht, tekst="")
    Bericht.objects.filter(pk=bericht.pk).update(plaatsing=plaatsing, reden="Daarom")
    assert lijn(kees) == []


def test_lijn_bladert_zonder_over_te_slaan_of_te_herhalen(kees: Professional) -> None:
    mensen = [gevolgd_door(kees) for _ in range(30)]
    organisatie = maak_organisatie()
    Volgt.objects.create(volger=kees, organisatie=organisatie)
    geschreven = [
        maak_bericht(organisatie if nummer % 5 == 0 else mensen[nummer * 7 % 30], tekst=f"{nummer}").pk
        for nummer in range(75)
    ]
    gezien: list[int] = []
    voor, bladen = None, 0
    while True:
        regels, voor = thuislijn(kees, voor=voor)
        gezien += [regel.bericht for regel in regels]
        bladen += 1
        # What is new meanwhile does not move what comes after.
        maak_bericht(mensen[0], tekst="nieuw")
        if voor is None:
            break
    assert (gezien, bladen) == (geschreven[::-1], 5)


def test_lijn_is_gelijk_aan_de_eenvoudige_vraag(kees: Professional) -> None:
    """Against a slow and plain reading of the same rules, on a mixed bag."""
    import random

    toeval = random.Random(7)
    mensen = [maak_professional(is_volgbaar=toeval.random() < 0.9) for _ in range(12)]
    for mens in toeval.sample(mensen, 7):
        Volgt.objects.create(volger=kees, professional=mens)
    for mens in toeval.sample(mensen, 2):
        maak_contact(kees, mens)
    Gedempt.objects.create(door=kees, gedempt=mensen[3])
    maak_blokkade(mensen[4], kees)
    for _ in range(120):
        mens = toeval.choice([*mensen, kees])
        kans = list(Bericht.objects.eigen_woorden().filter(zicht__gte=3).exclude(herhalingen__auteur=mens))
        if kans and toeval.random() < 0.4:
            maak_bericht(mens, herhaalt=toeval.choice(kans), tekst="")
        else:
            maak_bericht(mens, tekst=str(toeval.random()), zicht=toeval.choice([1, 2, 3, 4]))
    volgend = {v.professional_id for v in Volgt.objects.geldig().filter(volger=kees)} - {mensen[3].pk, mensen[4].pk}
    volgend.add(kees.pk)
    zichtbaar = set(
        Bericht.objects.zichtbaar_voor(kees).zonder_gedempt(kees).eigen_woorden().values_list("pk", flat=True)
    )
    verwacht, al = [], set(Bericht.objects.filter(pk__in=zichtbaar, auteur__in=volgend).values_list("pk", flat=True))
    for rij in Bericht.objects.filter(auteur__in=volgend).order_by("pk"):
        if rij.herhaalt_id is None and rij.pk in zichtbaar:
            verwacht.append(rij.pk)
        elif rij.herhaalt_id in zichtbaar - al:
            al.add(rij.herhaalt_id)  # type: ignore[arg-type]
            verwacht.append(rij.pk)
    gezien: list[int] = []
    voor = None
    while True:
        regels, voor = thuislijn(kees, voor=voor)
        gezien += [regel.plek for regel in regels]
        if voor is None:
            break
    assert gezien == verwacht[::-1]
    assert len(gezien) > 30


def test_mijn_organisatie_toont_waar_men_bij_hoort(client: Any, kees: Professional) -> None:
    from tests.fabriek import maak_werkplek

    for naam, doe in {
        "beheerd": lambda o: o.beheer.create(gebruiker=kees.gebruiker),
        "werkplek": lambda o: maak_werkplek(kees, o),
        "gevraagd": lambda o: maak_werkplek(kees, o, status="gevraagd"),
        "vreemd": lambda o: None,
    }.items():
        organisatie = maak_organisatie()
        doe(organisatie)
        maak_bericht(organisatie, tekst=f"Van {naam}.")
    client.force_login(kees.gebruiker)
    html = client.get("/berichten/mijn-organisatie/").content.decode()
    assert [f"Van {naam}." in html for naam in ("beheerd", "werkplek", "gevraagd", "vreemd")] == [
        True,
        True,
        False,
        False,
    ]
