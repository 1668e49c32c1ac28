import pytest

from organisaties.zoeken.samenstelling import delen
from organisaties.zoeken.stam import stam
from organisaties.zoeken.taal import naamsleutel, woorden, zoekwoorden
from organisaties.zoeken.tellingen import sleutels
from organisaties.zoeken.verbeteren import Kandidaat, beste


@pytest.mark.parametrize(
    "vormen",
    [
        "kind kinderen kindje kindjes",
        "huis huizen huisje",
        "organisatie organisaties",
        "klus klussen klusje klusjes",
        "dans dansen danst",
        "zwemles zwemlessen",
        "eenzaam eenzame eenzaamheid",
        "wandelen wandeling wandelingetje",
        "lenen lening leningen",
        "sociaal sociale",
        "brief brieven",
        "repareren reparatie repareert",
        "maaltijd maaltijden",
        "koken kookt gekookt",
        "helpen hulp geholpen",
        "buurthuis buurthuizen",
    ],
)
def test_stam_brengt_vormen_van_een_woord_bij_elkaar(vormen: str) -> None:
    assert len({stam(vorm) for vorm in vormen.split()}) == 1


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("rekening", "rekenen"),
        ("ouder", "ouderen"),
        ("buurt", "buur"),
        ("talent", "taal"),
        ("les", "lezen"),
        ("kant", "kan"),
    ],
)
def test_stam_houdt_andere_woorden_uit_elkaar(een: str, ander: str) -> None:
    assert stam(een) != stam(ander)


@pytest.mark.parametrize(
    ("woord", "verwacht"),
    [
        ("schuldhulpverlening", {"schuld", "hulpverlening", "help"}),
        ("dierenarts", {"dier", "arts"}),
        ("computercursus", {"computer", "cursus"}),
        ("zwemlessen", {"zwem", "les"}),
        ("huiswerkbegeleiding", {"huiswerk", "begeleid"}),
        ("rechtswinkel", {"recht", "winkel"}),
        ("voedselpakketten", {"voedsel", "pakket"}),
        ("burenhulp", {"buur", "help"}),
    ],
)
def test_delen_vindt_de_woorden_in_een_samenstelling(woord: str, verwacht: set[str]) -> None:
    assert verwacht <= set(delen(woord))


@pytest.mark.parametrize(
    "woord", ["kapper", "lening", "centrum", "cultuur", "luisteren", "kleding", "gratis", "organisatie", "aan"]
)
def test_delen_laat_gewone_woorden_heel(woord: str) -> None:
    assert delen(woord) == ()


def test_woorden_leest_accenten_streepjes_en_adressen() -> None:
    tekst = "Financiën & foto's voor ex-verslaafden, ĳsbreker: https://voorbeeld.example/pad info@voorbeeld.example 65+"
    assert woorden(tekst) == ["financien", "foto", "voor", "ex", "verslaafden", "ijsbreker", "65"]


def test_zoekwoorden_leest_niet_meer_dan_twaalf_woorden_en_tweehonderd_tekens() -> None:
    assert zoekwoorden("hulp " * 5000) == ["hulp"] * 12
    assert len("".join(zoekwoorden("a" * 1_000_000))) <= 40


def test_naamsleutel_zet_namen_op_nederlandse_volgorde() -> None:
    assert sorted(["Zorg", "ĳsclub", "Écht", "één"], key=naamsleutel) == ["Écht", "één", "ĳsclub", "Zorg"]


@pytest.mark.parametrize(
    ("fout", "goed"),
    [
        ("voedselbnak", "voedselbank"),
        ("kaper", "kapper"),
        ("speelgoet", "speelgoed"),
        ("huiswerkbegeliding", "huiswerkbegeleiding"),
    ],
)
def test_sleutels_brengen_een_tikfout_bij_het_goede_woord(fout: str, goed: str) -> None:
    assert set(sleutels(fout)) & set(sleutels(goed))
    assert beste(fout, [Kandidaat(goed, 3), Kandidaat("heel iets anders", 9)]) == [goed]


def test_beste_kiest_bij_gelijke_afstand_het_meest_gebruikte_woord_eerst() -> None:
    assert beste("maatja", [Kandidaat("maatje", 9), Kandidaat("maatjo", 2)]) == ["maatje", "maatjo"]


def test_beste_verbetert_niets_dat_ver_weg_is() -> None:
    assert beste("xqzwkjh", [Kandidaat("koffie", 10), Kandidaat("taalles", 4)]) == []
