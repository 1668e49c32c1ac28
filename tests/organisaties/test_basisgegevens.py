"""The words that come with the portal, and how they get into the database."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from organisaties.actions.basisgegevens import laad_basisgegevens, lees, lijst
from organisaties.models import Doelgroep, Synoniemgroep, Thema
from tests.fabriek import maak_gebruiker

ROOT = Path(__file__).resolve().parents[2]
GEGEVENS = ROOT / "organisaties" / "data"


def _dubbel(woorden: list[str]) -> list[str]:
    return [woord for woord, aantal in Counter(woorden).items() if aantal > 1]


def test_themas_vormen_een_boom_van_twee_lagen() -> None:
    rijen = list(lees("themas"))
    hoofd = [rij["slug"] for rij in rijen if not rij["ouder"]]
    assert len(hoofd) == 12
    assert len(rijen) - 12 >= 70
    assert _dubbel([rij["slug"] for rij in rijen]) == []
    assert _dubbel([rij["naam"] for rij in rijen]) == []
    assert {rij["ouder"] for rij in rijen if rij["ouder"]} == set(hoofd)
    assert {rij["tint"] for rij in rijen if not rij["ouder"]} == {f"tint-{nummer}" for nummer in range(1, 13)}


def test_elk_thema_heeft_een_icoon_dat_bestaat() -> None:
    iconen = json.loads((ROOT / "static" / "icons" / "iconen.json").read_text())
    assert {rij["icoon"] for rij in lees("themas")} - set(iconen) == set()


def test_elk_thema_heeft_uitleg_in_een_zin_en_trefwoorden() -> None:
    for rij in lees("themas"):
        assert rij["uitleg"].endswith("."), rij["slug"]
        assert len(rij["uitleg"]) <= 120, rij["slug"]
        assert len(lijst(rij["trefwoorden"])) >= 4, rij["slug"]


def test_synoniemgroepen_spreken_elkaar_niet_tegen() -> None:
    rijen = list(lees("synoniemen"))
    assert len(rijen) >= 250
    for soort in ("gelijk", "verwijst"):
        woorden = [woord.lower() for rij in rijen if rij["soort"] == soort for woord in lijst(rij["woorden"])]
        assert _dubbel(woorden) == [], soort
    assert {rij["soort"] for rij in rijen} == {"gelijk", "verwijst"}
    assert all(bool(lijst(rij["doelen"])) == (rij["soort"] == "verwijst") for rij in rijen)
    assert all(len(lijst(rij["woorden"])) >= 2 for rij in rijen if rij["soort"] == "gelijk")


def test_stopwoorden_en_schrijffouten_zijn_eenduidig() -> None:
    stopwoorden, fouten = list(lees("stopwoorden")), list(lees("schrijffouten"))
    assert _dubbel([rij["woord"] for rij in stopwoorden]) == []
    assert {rij["gewicht"] for rij in stopwoorden} == {"stop", "licht"}
    assert _dubbel([rij["fout"] for rij in fouten]) == []
    assert {rij["fout"] for rij in fouten} & {rij["goed"] for rij in fouten} == set()


def test_woorden_van_buiten_wijzen_naar_themas_die_bestaan() -> None:
    bekend = {rij["slug"] for rij in lees("themas")}
    rijen = list(lees("importthemas"))
    assert {rij["thema"] for rij in rijen} - bekend == {""}
    assert _dubbel([f"{rij['waar']}:{rij['woord']}" for rij in rijen]) == []


@pytest.mark.parametrize("bestand", sorted(GEGEVENS.glob("*.csv")), ids=lambda pad: pad.name)
def test_elk_bestand_heeft_hele_rijen_zonder_losse_spaties(bestand: Path) -> None:
    with bestand.open(encoding="utf-8", newline="") as inhoud:
        rijen = list(csv.reader(inhoud))
    assert {len(rij) for rij in rijen} == {len(rijen[0])}
    assert [cel for rij in rijen for cel in rij if cel != cel.strip() or re.search(r";\s|;;", cel)] == []


def test_laden_vult_alles_en_verandert_de_tweede_keer_niets(db: None) -> None:
    eerst = laad_basisgegevens()
    assert [uitkomst.nieuw for uitkomst in eerst] == [
        sum(1 for _ in lees(naam)) for naam in ("themas", "doelgroepen", "synoniemen")
    ]
    daarna = laad_basisgegevens()
    assert [(uitkomst.nieuw, uitkomst.bijgewerkt) for uitkomst in daarna] == [(0, 0)] * 3
    schulden = Thema.objects.get(slug="schulden")
    assert schulden.ouder is not None
    assert (schulden.ouder.slug, schulden.tint, "deurwaarder" in schulden.trefwoorden) == ("geld", "tint-1", True)


def test_laden_laat_staan_wat_een_beheerder_veranderde(db: None) -> None:
    laad_basisgegevens()
    Thema.objects.filter(slug="geld").update(naam="Geldzaken")
    eigen = Synoniemgroep.objects.get(soort="gelijk", woorden__0="buurthuis")
    eigen.woorden, eigen.is_aangepast = ["buurthuis", "trefpunt"], True
    eigen.save()
    oud = Synoniemgroep.objects.get(soort="gelijk", woorden__0="WIA")
    oud.woorden = ["WIA", "iets van vorig jaar"]
    oud.save()
    uitkomsten = laad_basisgegevens()
    eigen.refresh_from_db()
    oud.refresh_from_db()
    assert Thema.objects.get(slug="geld").naam == "Geldzaken"
    assert eigen.woorden == ["buurthuis", "trefpunt"]
    assert "iets van vorig jaar" not in oud.woorden
    assert (uitkomsten[2].nieuw, uitkomsten[2].bijgewerkt) == (0, 1)


def test_laden_brengt_niet_terug_wat_in_het_beheer_is_verwijderd(db: None) -> None:
    laad_basisgegevens()
    beheerder = maak_gebruiker()
    weg = [
        Thema.objects.get(slug="lenen"),
        Doelgroep.objects.get(slug="veteranen"),
        Synoniemgroep.objects.get(soort="gelijk", woorden__0="buurthuis"),
        Synoniemgroep.objects.get(soort="verwijst", woorden__0="paspoort"),
    ]
    for voorwerp in weg:
        LogEntry.objects.create(
            user=beheerder,
            content_type=ContentType.objects.get_for_model(voorwerp),
            object_id=str(voorwerp.pk),
            object_repr=str(voorwerp)[:200],
            action_flag=DELETION,
        )
        voorwerp.delete()
    assert [uitkomst.nieuw for uitkomst in laad_basisgegevens()] == [0, 0, 0]
    assert not Thema.objects.filter(slug="lenen").exists()


def test_opdracht_zegt_wat_zij_deed(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("laad_basisgegevens")
    call_command("laad_basisgegevens")
    regels = capsys.readouterr().out.splitlines()
    aantal = sum(1 for _ in lees("themas"))
    assert regels[0] == f"Thema's: {aantal} nieuw, 0 bijgewerkt, 0 gelaten zoals ze waren."
    assert regels[3] == f"Thema's: 0 nieuw, 0 bijgewerkt, {aantal} gelaten zoals ze waren."
