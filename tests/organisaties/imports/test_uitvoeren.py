import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from organisaties.imports import rapport, uitvoeren
from organisaties.imports.rijen import Probleem, Voorbeeld
from organisaties.keuzes import Status
from organisaties.models import Dienst, Importrij, Locatie, Organisatie, Statusstap
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.vraag import Zoekvraag
from tests.fabriek import maak_gebruiker, maak_organisatie
from tests.organisaties.imports.conftest import KOP, RIJ

Bekijk = Callable[..., Voorbeeld]
VOL = [*KOP, "telefoon", "thema", "stadsdeel", "postcode", "kosten"]
VOLLE_RIJ = [*RIJ, "020-6841733", "Financiën", "Oost; West", "3511 AB", "2 euro"]


def voer_uit(voorbeeld: Voorbeeld, **opties: Any) -> uitvoeren.Uitkomst:
    return uitvoeren.voer_uit(voorbeeld, **{"bron": "test", "door": None, **opties})


def test_a_row_becomes_a_listing_with_offer_place_and_words(bekijk: Bekijk) -> None:
    door = maak_gebruiker(naam="Iris")
    uitkomst = voer_uit(bekijk(VOLLE_RIJ, kop=VOL), door=door)
    assert uitkomst.zin == "1 nieuw, 0 gewijzigd, 0 ongewijzigd."
    organisatie = Organisatie.objects.get()
    assert (organisatie.naam, organisatie.slug, organisatie.status) == (
        "Buurthuis De Linde",
        "buurthuis-de-linde",
        "ingediend",
    )
    assert (organisatie.kort, organisatie.tekst, str(organisatie.telefoon)) == (
        "Samen eten",
        "Elke dinsdag.",
        "020 684 1733",
    )
    assert (organisatie.bron, organisatie.extern_id, organisatie.bevestigd_op) == ("test", "1", None)
    assert [thema.slug for thema in organisatie.themas.all()] == ["geld"]
    assert sorted(label.name for label in organisatie.labels.all()) == ["Oost", "West"]
    assert [gemeente.naam for gemeente in organisatie.gemeenten.all()] == ["Utrecht"]
    dienst = Dienst.objects.get()
    assert (dienst.naam, dienst.is_gratis, dienst.kosten) == ("Samen eten", False, "2 euro")
    assert [thema.slug for thema in dienst.themas.all()] == ["geld"]
    locatie = Locatie.objects.get()
    assert (locatie.postcode, locatie.plaats, locatie.gemeente.naam) == ("3511 AB", "Utrecht", "Utrecht")
    assert locatie.punt.afstand((136.0, 455.9)) < 3
    assert list(dienst.locaties.all()) == [locatie]


def test_history_and_first_step_are_as_if_saved_one_by_one(bekijk: Bekijk) -> None:
    door = maak_gebruiker()
    voer_uit(bekijk(VOLLE_RIJ, kop=VOL), door=door)
    organisatie = Organisatie.objects.get()
    eerste = organisatie.history.get()
    assert (eerste.history_user, eerste.history_change_reason, eerste.naam) == (
        door,
        "Import uit test",
        organisatie.naam,
    )
    assert [rij.thema.slug for rij in eerste.themas.all()] == ["geld"]
    assert Dienst.objects.get().history.count() == Locatie.objects.get().history.count() == 1
    stap = Statusstap.objects.get()
    assert (stap.van, stap.naar, stap.gezet_door, stap.reden) == ("", "ingediend", door, "Import uit test")


def test_published_rows_are_found_and_waiting_ones_are_not(bekijk: Bekijk) -> None:
    voer_uit(bekijk(RIJ), publiceer=True)
    voer_uit(bekijk(["2", "Eethuis Noord", "Samen eten", "x", "Ede"]))
    assert zoek(Zoekvraag(tekst="samen eten")).ids == [Organisatie.objects.get(extern_id="1").pk]


def test_a_second_run_changes_nothing(bekijk: Bekijk) -> None:
    voer_uit(bekijk(VOLLE_RIJ, kop=VOL))
    voor = Organisatie.objects.values().get()
    assert voer_uit(bekijk(VOLLE_RIJ, kop=VOL)).zin == "0 nieuw, 0 gewijzigd, 1 ongewijzigd."
    assert Organisatie.objects.values().get() == voor
    assert Organisatie.history.count() == 1


def test_the_same_key_of_another_source_is_another_listing(bekijk: Bekijk) -> None:
    voer_uit(bekijk(RIJ), bron="een")
    assert voer_uit(bekijk(RIJ), bron="twee").nieuw == 1
    assert sorted(Organisatie.objects.values_list("slug", flat=True)) == ["buurthuis-de-linde", "buurthuis-de-linde-2"]


def test_only_what_the_source_changed_is_written(bekijk: Bekijk) -> None:
    voer_uit(bekijk(RIJ, ["2", "Ander", "x", "y", "Ede"]))
    Organisatie.objects.filter(extern_id="1").update(kort="Zelf geschreven")
    nieuw = bekijk(["1", "Buurthuis De Eik", "Samen eten", "Elke woensdag.", "Ede"], ["2", "Ander", "x", "y", "Ede"])
    uitkomst = voer_uit(nieuw)
    assert (uitkomst.nieuw, uitkomst.gewijzigd, uitkomst.ongewijzigd) == (0, 1, 1)
    organisatie = Organisatie.objects.get(extern_id="1")
    assert (organisatie.naam, organisatie.slug, organisatie.tekst, organisatie.kort, organisatie.versie) == (
        "Buurthuis De Eik",
        "buurthuis-de-eik",
        "Elke woensdag.",
        "Zelf geschreven",
        2,
    )
    assert [oud.slug for oud in organisatie.oude_slugs.all()] == ["buurthuis-de-linde"]
    assert organisatie.locaties.get().plaats == "Ede"


def test_what_somebody_changed_since_is_kept_and_told(bekijk: Bekijk) -> None:
    voer_uit(bekijk(RIJ))
    organisatie = Organisatie.objects.get()
    organisatie.tekst = "Wij schreven dit zelf."
    organisatie.save()
    uitkomst = voer_uit(bekijk(["1", RIJ[1], "Koken", "Elke woensdag.", "Utrecht"]))
    assert [(p.rij, p.kolom, p.waarde, p.melding) for p in uitkomst.problemen] == [
        (2, "beschrijving", "Elke woensdag.", "Niet overschreven: dit is na de vorige import op het portaal aangepast.")
    ]
    organisatie.refresh_from_db()
    assert (organisatie.tekst, organisatie.diensten.get().naam) == ("Wij schreven dit zelf.", "Koken")


def test_a_listing_that_was_archived_stays_archived_and_one_that_left_the_file_stays(bekijk: Bekijk) -> None:
    voer_uit(bekijk(RIJ, ["2", "Ander", "x", "y", "Ede"]), publiceer=True)
    Organisatie.objects.filter(extern_id="1").update(status=Status.GEARCHIVEERD)
    uitkomst = voer_uit(bekijk(["1", "Nieuwe naam", "x", "y", "Ede"]), publiceer=True)
    assert (uitkomst.gewijzigd, uitkomst.verdwenen) == (1, 1)
    assert Organisatie.objects.get(extern_id="1").status == Status.GEARCHIVEERD
    assert Organisatie.objects.get(extern_id="2").status == Status.GEPUBLICEERD


def test_one_wrong_row_stops_the_whole_file(bekijk: Bekijk) -> None:
    with pytest.raises(uitvoeren.ImportGeweigerd, match=r"^1 rij is niet goed\. Er is niets bewaard\."):
        voer_uit(bekijk(RIJ, ["2", "", "x", "y", "Ede"]))
    assert not Organisatie.objects.exists()


def test_wrong_rows_are_skipped_only_when_asked(bekijk: Bekijk) -> None:
    uitkomst = voer_uit(bekijk(RIJ, ["2", "", "x", "y", "Ede"]), sla_fouten_over=True)
    assert uitkomst.zin == "1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 overgeslagen."
    assert [p.rij for p in uitkomst.problemen if p.is_fout] == [3]


def test_a_crash_halfway_leaves_nothing(bekijk: Bekijk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uitvoeren, "PAKKET", 1)

    def stop(gedaan: int, totaal: int) -> None:
        if gedaan == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        voer_uit(bekijk(RIJ, ["2", "Ander", "x", "y", "Ede"]), voortgang=stop)
    assert not Organisatie.objects.exists()
    assert not Importrij.objects.exists()


def test_equal_names_get_addresses_of_their_own_and_reserved_ones_none(bekijk: Bekijk) -> None:
    maak_organisatie(naam="Huis", slug="huis")
    maak_organisatie(naam="Huis 3", slug="huis-3")
    voer_uit(bekijk(*[[str(n), naam, "x", "y", "Ede"] for n, naam in enumerate(["Huis", "Huis", "Kaart", "Huis 3"])]))
    assert list(Organisatie.objects.exclude(extern_id="").order_by("extern_id").values_list("slug", flat=True)) == [
        "huis-2",
        "huis-4",
        "kaart-2",
        "huis-3-2",
    ]


def test_the_number_of_queries_does_not_grow_with_the_rows(bekijk: Bekijk) -> None:
    def tel(van: int, aantal: int) -> int:
        rijen = [[str(n), f"Naam {n}", "x", "y", "Ede"] for n in range(van, van + aantal)]
        with CaptureQueriesContext(connection) as vragen:
            voer_uit(bekijk(*rijen), publiceer=True)
        return len(vragen)

    tel(0, 1)
    assert tel(100, 3) == tel(200, 30)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_refused_and_nothing_is_doubled(bekijk: Bekijk) -> None:
    # Without a place, for a test with real transactions may run without the municipalities.
    voorbeeld = bekijk([*RIJ[:4], ""])
    begonnen, verder, fouten = threading.Event(), threading.Event(), []

    def wacht(gedaan: int, totaal: int) -> None:
        begonnen.set()
        verder.wait(10)

    def eerste() -> None:
        try:
            voer_uit(voorbeeld, voortgang=wacht)
        finally:
            connection.close()

    draad = threading.Thread(target=eerste)
    draad.start()
    assert begonnen.wait(10)
    try:
        voer_uit(voorbeeld)
    except uitvoeren.ImportGeweigerd as fout:
        fouten.append(str(fout))
    verder.set()
    draad.join(20)
    assert fouten == ["Er loopt al een andere import. Wacht tot die klaar is en probeer het dan opnieuw."]
    assert Organisatie.objects.count() == 1


def test_the_report_opens_safely_in_a_spreadsheet() -> None:
    uit = rapport.als_csv([Probleem(2, "naam", "=HYPERLINK(1)", "Verbeter; dit", is_fout=True)]).decode("utf-8-sig")
    assert uit.splitlines() == [
        "rij;soort;kolom;waarde;wat is er en wat kunt u doen",
        '2;fout;naam;\'=HYPERLINK(1);"Verbeter; dit"',
    ]


def _schrijf(pad: Path, *rijen: str) -> Path:
    pad.write_text("\n".join(rijen), encoding="cp1252")
    return pad


def test_the_command_says_what_it_did(words: None, tmp_path: Path, capsys: Any) -> None:
    bestand = _schrijf(tmp_path / "lijst.csv", "id;naam;plaats;kleur", "1;Café Één;Ede;rood")
    call_command("import_organisaties", str(bestand), "--proef")
    assert not Organisatie.objects.exists()
    call_command("import_organisaties", str(bestand), "--publiceer")
    uit = capsys.readouterr().out
    for zin in (
        "CSV, Windows-1252, kolommen gescheiden door een puntkomma; 1 rijen.",
        "kleur → niet gebruikt",
        "Proef: 1 nieuw, 0 gewijzigd, 0 ongewijzigd. Er is niets bewaard.",
        "1 nieuw, 0 gewijzigd, 0 ongewijzigd.",
        "De nieuwe vermeldingen zijn gepubliceerd.",
    ):
        assert zin in uit
    assert Organisatie.objects.values_list("naam", "bron", "status").get() == ("Café Één", "lijst", "gepubliceerd")


@pytest.mark.parametrize(
    ("argumenten", "melding"),
    [
        (["bestaat-niet.csv"], "kan niet worden gelezen"),
        (["{lijst}", "--door", "niemand@voorbeeld.example"], "Er is geen account met het e-mailadres"),
        (["{lijst}"], "1 rij is niet goed"),
    ],
)
def test_the_command_fails_with_one_clear_line(
    words: None, tmp_path: Path, argumenten: list[str], melding: str
) -> None:
    lijst = _schrijf(tmp_path / "lijst.csv", "naam;plaats", ";Ede")
    with pytest.raises(CommandError, match=melding):
        call_command("import_organisaties", *(deel.replace("{lijst}", str(lijst)) for deel in argumenten))
    assert not Organisatie.objects.exists()
