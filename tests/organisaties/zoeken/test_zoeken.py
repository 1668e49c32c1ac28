from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from organisaties.models import Organisatie, Synoniemgroep
from organisaties.zoeken import Verbetering, Zoekvraag, synoniemen, ververs, zoek
from organisaties.zoeken.begrip import ALLE_DELEN, Uitdrukking, _begrippen
from organisaties.zoeken.taal import zoekwoorden
from organisaties.zoeken.tellingen import klank
from tests.bench import zoekkwaliteit
from tests.fabriek import maak_organisatie
from tests.organisaties.zoeken.corpus import OORDELEN, maak_corpus

pytestmark = pytest.mark.django_db
GEDEELD = Path(settings.BASE_DIR).parent / "shared" / "data"


@pytest.fixture
def corpus() -> dict[str, Organisatie]:
    return maak_corpus()


def namen(tekst: str, **velden: object) -> list[str]:
    ids = zoek(Zoekvraag(tekst=tekst, **velden)).ids  # type: ignore[arg-type]
    op_id = dict(Organisatie.objects.values_list("pk", "naam"))
    return [op_id[pk] for pk in ids]


@pytest.mark.parametrize(("vraag", "soort", "bedoeld"), OORDELEN, ids=[f"{o[1]}: {o[0]}" for o in OORDELEN])
def test_zoeken_zet_bovenaan_wat_bedoeld_is(
    corpus: dict[str, Organisatie], vraag: str, soort: str, bedoeld: set[str]
) -> None:
    assert set(namen(vraag)[: len(bedoeld)]) == bedoeld


@pytest.mark.parametrize("onzin", zoekkwaliteit.ONZIN)
def test_zoeken_vindt_niets_bij_onzin(corpus: dict[str, Organisatie], onzin: str) -> None:
    resultaat = zoek(Zoekvraag(tekst=onzin))
    assert (resultaat.ids, resultaat.totaal, resultaat.verbeterd) == ([], 0, [])
    assert resultaat.onbekend


def test_zoeken_zegt_welk_woord_het_anders_las(corpus: dict[str, Organisatie]) -> None:
    assert zoek(Zoekvraag(tekst="voedselbnak")).verbeterd == [Verbetering("voedselbnak", "voedselbank")]
    assert zoek(Zoekvraag(tekst="voedselbank")).verbeterd == []


def test_zoeken_verbetert_geen_goed_nederlands_woord(corpus: dict[str, Organisatie]) -> None:
    assert zoek(Zoekvraag(tekst="kappen")).verbeterd == []


def test_zoeken_vindt_een_half_woord(corpus: dict[str, Organisatie]) -> None:
    assert namen("mantelz") == ["Steunpunt Mantelzorg"]


def test_zoeken_gaat_voorbij_aan_een_onbekend_woord_naast_een_bekend(corpus: dict[str, Organisatie]) -> None:
    resultaat = zoek(Zoekvraag(tekst="taalles blorpfizz"))
    assert resultaat.ids == [corpus["Taalhuis"].pk]
    assert resultaat.onbekend == ["blorpfizz"]


def test_zoeken_vindt_ook_op_thema_en_doelgroep(corpus: dict[str, Organisatie]) -> None:
    assert namen("armoede") == ["Schuldhulpverlening Noord"]
    assert "Fietslab" in namen("vrouwen")


def test_zoeken_zonder_woorden_geeft_alles(corpus: dict[str, Organisatie]) -> None:
    resultaat = zoek(Zoekvraag())
    assert resultaat.totaal == len(corpus)
    assert not resultaat.is_afgekapt


def test_zoeken_met_alleen_stopwoorden_zoekt_die(corpus: dict[str, Organisatie]) -> None:
    assert zoek(Zoekvraag(tekst="de het een")).totaal == 0


def test_zoeken_toont_geen_ongepubliceerde(corpus: dict[str, Organisatie]) -> None:
    assert "Rechtswinkel" in namen("rechtswinkel")
    corpus["Rechtswinkel"].status = Organisatie.Status.GEARCHIVEERD
    corpus["Rechtswinkel"].save()
    call_command("herbouw_zoekindex", verbosity=0)
    assert namen("rechtswinkel") == []


@pytest.mark.skipif(not (GEDEELD / "zoekvragen.csv").exists(), reason="the shared listings are not beside the project")
def test_zoeken_haalt_de_norm_op_de_gedeelde_vragen() -> None:
    call_command("laad_basisgegevens", verbosity=0)
    synoniemen.vergeet()
    bestand = GEDEELD / "sociale_kaart_amsterdam.csv"
    call_command("import_organisaties", str(bestand), bron=zoekkwaliteit.BRON, publiceer=True, stdout=StringIO())
    gedeeld = zoekkwaliteit.meet(zoekkwaliteit.lees_oordelen(GEDEELD / "zoekvragen.csv"))
    eigen = zoekkwaliteit.meet(zoekkwaliteit.lees_oordelen(zoekkwaliteit.EIGEN_VRAGEN))
    assert zoekkwaliteit.gemiddelde(gedeeld) >= 0.90
    assert zoekkwaliteit.gemiddelde(eigen) >= 0.88


@pytest.mark.parametrize("vulwoord", ["zo", "heel", "erg", "nu", "echt", "altijd"])
def test_elke_zin_van_de_lijst_blijft_herkend_met_een_vulwoord_ertussen(vulwoord: str) -> None:
    call_command("laad_basisgegevens", verbosity=0)
    synoniemen.vergeet()
    anders = []
    for woorden in Synoniemgroep.objects.values_list("woorden", flat=True):
        for zin in (zin.split() for zin in woorden if " " in zin and len(zin.split()) <= 6):
            zonder = doelen_van(" ".join(zin))
            anders += [
                " ".join(gevuld)
                for plaats in range(1, len(zin))
                if not zonder <= doelen_van(" ".join(gevuld := [*zin[:plaats], vulwoord, *zin[plaats:]]))
            ]
    assert anders == []


def doelen_van(tekst: str) -> set[Uitdrukking]:
    return {
        uitdrukking
        for begrip in _begrippen(zoekwoorden(tekst))
        for uitdrukking, waarde in begrip.antwoorden.items()
        if waarde < ALLE_DELEN
    }


def test_zoeken_vindt_een_woord_dat_naar_klank_geschreven_is(corpus: dict[str, Organisatie]) -> None:
    assert namen("voetselbanck")[0] == "Voedselbank De Mand"


@pytest.mark.parametrize(
    ("getypt", "bedoeld"),
    [
        ("eenzaamhijd", "eenzaamheid"), ("augurk", "ougurk"), ("gesondheit", "gezondheid"), ("fluchteling", "vluchteling"),
        ("kognitie", "cognitie"), ("lighaam", "lichaam"),
    ],
)  # fmt: skip
def test_klank_is_gelijk_voor_wat_gelijk_klinkt(getypt: str, bedoeld: str) -> None:
    assert klank(getypt) == klank(bedoeld)


@pytest.mark.parametrize("tekst", ["1", "24", "x", "<script>alert(1)</script>", "boorplatform"])
def test_los_teken_of_halve_samenstelling_vindt_niets(tekst: str) -> None:
    ververs([maak_organisatie(naam="Boor lenen", tekst="Elke 1 van de 24 maanden, met 1 x boren.").pk])
    assert zoek(Zoekvraag(tekst=tekst)).ids == []


def test_twee_losse_woorden_vinden_wat_aaneen_bedoeld_is(corpus: dict[str, Organisatie]) -> None:
    assert namen("computer les")[0] == namen("computerles")[0] == "Digitaal Café"
