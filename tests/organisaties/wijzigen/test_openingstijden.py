import datetime

import pytest
from django.test import Client

from organisaties.keuzes import Dag
from organisaties.models import (
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
)
from tests.fabriek import maak_dienst, maak_locatie
from tests.organisaties.wijzigen.editor import bewaar, pad, velden_van

pytestmark = pytest.mark.django_db


def test_openingstijden_bewaren_en_vervangen(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie)
    adres = pad(organisatie, f"openingstijden/locaties/{locatie.pk}/")
    morgen = datetime.date.today() + datetime.timedelta(days=1)
    bewaar(
        ik,
        adres,
        **{
            "d1-0-van": "9.00",
            "d1-0-tot": "12:30",
            "d5-0-is_op_afspraak": "on",
            "u0-van_datum": morgen.isoformat(),
            "u0-reden": "Feestdag",
        },
    )
    assert [str(t) for t in locatie.openingstijden.all()] == ["maandag 09.00–12.30", "vrijdag op afspraak"]
    uitzondering = locatie.uitzonderingen.get()
    assert (uitzondering.tot_en_met_datum, uitzondering.is_gesloten, uitzondering.reden) == (morgen, True, "Feestdag")
    data = velden_van(ik.get(f"{adres}?nog_een=ja").content.decode())
    assert (data["d1-0-van"], data["d1-0-tot"]) == (["09:00"], ["12:30"])
    ik.post(adres, data | {"d1-1-van": "13:00", "d1-1-tot": "17:00", "d5-0-is_op_afspraak": "", "u0-weg": "on"})
    assert [str(t) for t in locatie.openingstijden.all()] == ["maandag 09.00–12.30", "maandag 13.00–17.00"]
    assert not locatie.uitzonderingen.exists()


def test_voorbije_uitzonderingen_blijven(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie)
    dag = datetime.date.today() - datetime.timedelta(days=10)
    Openingsuitzondering.objects.create(locatie=locatie, van_datum=dag, tot_en_met_datum=dag)
    bewaar(ik, pad(organisatie, f"openingstijden/locaties/{locatie.pk}/"), **{"d1-0-van": "9", "d1-0-tot": "10"})
    assert locatie.uitzonderingen.count() == 1


def test_maandag_overnemen_op_de_werkdagen(ik: Client, organisatie: Organisatie) -> None:
    dienst = maak_dienst(organisatie)
    adres = pad(organisatie, f"openingstijden/diensten/{dienst.pk}/")
    response = bewaar(ik, adres, **{"d1-0-van": "09:00", "d1-0-tot": "17:00", "d3-0-van": "10:00", "kopieer": "ja"})
    assert not Openingstijd.objects.exists()
    ik.post(adres, velden_van(response.content.decode()))
    assert [t.dag for t in dienst.openingstijden.all()] == [Dag(n) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("invoer", "melding"),
    [
        ({"d1-0-van": "12:00", "d1-0-tot": "09:00"}, "Maandag: De eindtijd moet later zijn"),
        ({"d1-0-van": "09:00"}, "Maandag: Vul in hoe laat u dichtgaat"),
        ({"d2-0-tot": "09:00"}, "Dinsdag: Vul in hoe laat u opengaat"),
        ({"d1-0-van": "25:00", "d1-0-tot": "9:00"}, "Maandag: Vul een tijd in"),
        ({"d1-0-van": "9\x00:00", "d1-0-tot": "9:00"}, "Maandag: Vul een tijd in"),
        (
            {"aantal_d1": "2", "d1-0-van": "9", "d1-0-tot": "12", "d1-1-van": "11", "d1-1-tot": "13"},
            "Maandag: twee tijden vallen over elkaar heen",
        ),
        ({"u0-van_datum": "2026-02-30"}, "Vul een datum in"),
        ({"u0-van_datum": "9999-12-31"}, "Kies een datum in de komende vijf jaar"),
        ({"u0-reden": "Kerst"}, "Vul in vanaf welke dag"),
        ({"u0-van_datum": "2026-12-26", "u0-tot_en_met_datum": "2026-12-25"}, "De laatste dag ligt voor de eerste dag"),
        ({"u0-van_datum": "2026-12-26", "u0-van": "10:00"}, "Vul een begintijd en een latere eindtijd in"),
    ],
)
def test_foute_openingstijden(ik: Client, organisatie: Organisatie, invoer: dict[str, str], melding: str) -> None:
    locatie = maak_locatie(organisatie)
    response = bewaar(ik, pad(organisatie, f"openingstijden/locaties/{locatie.pk}/"), **invoer)
    assert response.status_code == 200
    assert melding in response.content.decode()
    assert not Openingstijd.objects.exists()


@pytest.mark.parametrize("aantal", ["-1", "999999999", "abc", "٣", ""])
def test_onzinnig_aantal_regels(ik: Client, organisatie: Organisatie, aantal: str) -> None:
    locatie = maak_locatie(organisatie)
    adres = pad(organisatie, f"openingstijden/locaties/{locatie.pk}/")
    assert ik.post(adres, {"aantal_d1": aantal, "aantal_uitzonderingen": aantal}).status_code == 302
