import pytest
from hypothesis import given
from hypothesis import strategies as st

from welzijnportal.geo.rd import naar_rd, van_rd, zoeksleutel


@pytest.mark.parametrize(
    ("lat", "lon", "x", "y"),
    [
        (52.155172, 5.387206, 155.000, 463.000),  # the origin of the grid: the tower of Our Lady in Amersfoort
        (53.219383, 6.568201, 233.883, 582.065),  # the Martini tower in Groningen
    ],
)
def test_naar_rd_kent_vaste_punten(lat, lon, x, y):
    assert naar_rd(lat, lon) == pytest.approx((x, y), abs=0.002)


def test_afstand_van_amsterdam_naar_utrecht_is_35_km():
    assert naar_rd(52.3731, 4.8926).afstand(naar_rd(52.0907, 5.1214)) == pytest.approx(35.1, abs=0.2)


@given(st.floats(50.75, 53.55), st.floats(3.35, 7.2))
def test_van_rd_keert_naar_rd_om(lat, lon):
    assert van_rd(naar_rd(lat, lon)) == pytest.approx((lat, lon), abs=2e-5)


@pytest.mark.parametrize("schrijfwijze", ["'s-Gravenhage", "'s Gravenhage", "’S GRAVENHAGE", "s-gravenhage"])
def test_zoeksleutel_let_niet_op_schrijfwijze(schrijfwijze):
    assert zoeksleutel(schrijfwijze) == "sgravenhage"


def test_zoeksleutel_leest_accenten_en_sint():
    assert (zoeksleutel("Súdwest-Fryslân"), zoeksleutel("St.-Annaparochie")) == ("sudwestfryslan", "sintannaparochie")
