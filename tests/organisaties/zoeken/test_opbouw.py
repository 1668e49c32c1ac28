import threading
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from organisaties.models import Openingstijd, Openingsuitzondering, Organisatie, Thema, Zoekrij
from organisaties.zoeken import Zoekvraag, herbouw, herbouw_naast, ververs, verwijder, zoek
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from tests.organisaties.zoeken.corpus import maak_corpus

TABELLEN = {
    "zoekrij": "organisatie_id, score, naamsleutel, aanbod, vector::text, themas, doelgroepen, gemeenten, soort, is_gratis,"
    " gepubliceerd_op, punt::text, week::text, afwijkende_dagen::text",
    "zoekpunt": "organisatie_id, punt::text",
    "zoekopening": "organisatie_id, week::text, afwijkende_dagen::text, afwijkend_open::text",
    "zoekkaart": "organisatie_id, themas, doelgroepen, gegevens",
    "woord": "woord, aantal, sleutels",
    "woordverschil": "woord, verschil",
}


def inhoud() -> dict[str, list[tuple[Any, ...]]]:
    alles = {}
    with connection.cursor() as cursor:
        for tabel, kolommen in TABELLEN.items():
            cursor.execute(f"SELECT {kolommen} FROM organisaties_{tabel} ORDER BY 1, 2")
            alles[tabel] = cursor.fetchall()
    return alles


@pytest.mark.django_db
def test_ververs_houdt_de_tabellen_gelijk_aan_een_herbouw() -> None:
    corpus = maak_corpus()
    corpus["Taalhuis"].naam = "Huis van de taal"
    corpus["Taalhuis"].save()
    corpus["Rechtswinkel"].status = Organisatie.Status.GEARCHIVEERD
    corpus["Rechtswinkel"].save()
    maak_locatie(corpus["Fietslab"], breedtegraad=52.1, lengtegraad=5.1)
    maak_dienst(corpus["Eettafel Zuid"], naam="Kookcursus").themas.add(Thema.objects.get(slug="geld-proef"))
    nieuw = maak_organisatie(naam="Speelotheek De Tol")
    ververs([corpus[naam].pk for naam in ("Taalhuis", "Rechtswinkel", "Fietslab", "Eettafel Zuid")] + [nieuw.pk])
    ververs([nieuw.pk])
    bijgewerkt = inhoud()
    herbouw()
    assert bijgewerkt == inhoud()
    assert bijgewerkt["woordverschil"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("schrijf", [herbouw, lambda: ververs(Organisatie.objects.values_list("pk", flat=True))])
def test_woorden_van_een_lange_vermelding_liggen_onverpakt_in_haar_rij(schrijf: Any) -> None:
    maak_organisatie(tekst=" ".join(f"woordje{nummer}" for nummer in range(150)))
    schrijf()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_column_size(vector) > 2100, pg_column_compression(vector) FROM organisaties_zoekrij")
        assert cursor.fetchall() == [(True, None)]


@pytest.mark.django_db
def test_ververs_maakt_een_nieuw_woord_meteen_vindbaar_ook_verkeerd_gespeld() -> None:
    maak_corpus()
    nieuw = maak_organisatie(naam="Speelotheek")
    ververs([nieuw.pk])
    assert zoek(Zoekvraag(tekst="speelotheek")).ids == [nieuw.pk]
    assert zoek(Zoekvraag(tekst="speelohteek")).ids == [nieuw.pk]


@pytest.mark.django_db
def test_verwijder_laat_niets_achter() -> None:
    organisatie = maak_organisatie()
    maak_locatie(organisatie, breedtegraad=52.1, lengtegraad=5.1)
    ververs([organisatie.pk])
    verwijder([organisatie.pk])
    assert all(rijen == [] for rijen in inhoud().values())


@pytest.mark.django_db
def test_concept_komt_niet_in_de_index() -> None:
    ververs([maak_organisatie(status=Organisatie.Status.CONCEPT).pk, 999_999])
    assert not Zoekrij.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twee_wie_tegelijk_bewaren_wachten_niet_op_elkaars_woorden() -> None:
    een, twee = maak_organisatie(naam="Gelijke woorden"), maak_organisatie(naam="Gelijke woorden")
    fouten: list[Exception] = []

    def bewaar() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            ververs([twee.pk])
        except Exception as fout:  # noqa: BLE001
            fouten.append(fout)
        finally:
            connection.close()

    with transaction.atomic():
        ververs([een.pk])
        draad = threading.Thread(target=bewaar)
        draad.start()
        draad.join()
    assert fouten == []
    ververs([een.pk])
    with connection.cursor() as cursor:
        cursor.execute("SELECT aantal FROM organisaties_woord WHERE woord = '~woord'")
        assert cursor.fetchone() == (2,)


@pytest.mark.django_db(transaction=True)
def test_herbouw_naast_geeft_dezelfde_tabellen_en_houdt_indexen_en_sleutels(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = maak_corpus()
    maak_locatie(corpus["Fietslab"], breedtegraad=52.1, lengtegraad=5.1)
    herbouw()
    in_een_keer, vorm = inhoud(), vorm_van_de_tabellen()
    monkeypatch.setattr(herbouw_naast, "GROOT", 0)
    assert herbouw() == len(corpus)
    Zoekrij.objects.update(laag=0)
    assert inhoud() == in_een_keer
    assert vorm_van_de_tabellen() == vorm
    ververs([corpus["Taalhuis"].pk, maak_organisatie(naam="Speelotheek").pk])
    assert len(zoek(Zoekvraag(tekst="speelotheek")).ids) == 1


@pytest.mark.django_db(transaction=True)
def test_herbouw_naast_mist_niet_wat_intussen_werd_bewaard(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = maak_corpus()
    monkeypatch.setattr(herbouw_naast, "GROOT", 0)
    rangschik = herbouw_naast._rangschik

    def bewaar_intussen(cursor: Any) -> None:
        Organisatie.objects.filter(pk=corpus["Taalhuis"].pk).update(naam="Speelotheek De Tol")
        Organisatie.objects.filter(pk=corpus["Fietslab"].pk).update(telefoon="+31201234567")
        Organisatie.objects.filter(pk=corpus["Rechtswinkel"].pk).update(status=Organisatie.Status.GEARCHIVEERD)
        ververs([corpus["Taalhuis"].pk, corpus["Rechtswinkel"].pk, corpus["Fietslab"].pk])
        rangschik(cursor)

    monkeypatch.setattr(herbouw_naast, "_rangschik", bewaar_intussen)
    herbouw()
    assert zoek(Zoekvraag(tekst="speelotheek")).ids == [corpus["Taalhuis"].pk]
    assert corpus["Rechtswinkel"].pk not in zoek(Zoekvraag(tekst="juridisch advies")).ids
    Zoekrij.objects.update(laag=0)
    bijgewerkt = inhoud()
    monkeypatch.undo()
    herbouw()
    assert bijgewerkt == inhoud()


def vorm_van_de_tabellen() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
            WHERE c.conrelid::regclass::text = ANY(%(t)s) AND c.contype <> 'n'
            UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%(t)s)
            UNION ALL SELECT relname, array_to_string(reloptions, ','), '' FROM pg_class WHERE relname = ANY(%(t)s)
            UNION ALL SELECT table_name, column_name, concat_ws(' ', data_type, is_identity, is_nullable, column_default)
            FROM information_schema.columns WHERE table_name = ANY(%(t)s)
            ORDER BY 1, 2, 3""",
            {"t": [f"organisaties_{tabel}" for tabel in ("zoekrij", "zoekpunt", "zoekopening", "woord")]},
        )
        return cursor.fetchall()


@pytest.mark.django_db
@pytest.mark.parametrize("uur", [2, 7, 8, 17, 18, 23])
@pytest.mark.parametrize("dag", [23, 28, 29])
def test_nu_open_vindt_op_elk_uur_wie_open_is_met_en_zonder_woorden(dag: int, uur: int) -> None:
    nu = datetime(2026, 11, dag, uur, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    ids = {}
    for naam, van, tot in (("Dag", "08:00", "18:00"), ("Nacht", "00:00", "08:00"), ("Avond", "18:00", "23:59")):
        ids[naam] = maak_organisatie(naam=f"{naam} speelotheek").pk
        for weekdag in range(1, 8):
            Openingstijd.objects.create(
                locatie=maak_locatie(Organisatie.objects.get(pk=ids[naam])), dag=weekdag, van=van, tot=tot
            )
    anders = maak_organisatie(naam="Anders speelotheek")
    Openingsuitzondering.objects.create(
        locatie=maak_locatie(anders),
        van_datum=nu.date(),
        tot_en_met_datum=nu.date(),
        is_gesloten=False,
        van="00:00",
        tot="23:59",
    )
    ververs([*ids.values(), anders.pk])
    verwacht = {ids["Nacht" if uur < 8 else "Dag" if uur < 18 else "Avond"], anders.pk}
    for tekst in ("speelotheek", ""):
        resultaat = zoek(Zoekvraag(tekst=tekst, alleen_open=True, nu=nu))
        assert set(resultaat.ids) == verwacht
        assert [(w.waarde, w.aantal) for w in resultaat.facetten["open"]] == [("nu", 2)]
