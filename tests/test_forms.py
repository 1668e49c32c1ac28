import re

from django import forms
from django.template.loader import render_to_string


class ProefForm(forms.Form):
    naam = forms.CharField(label="Naam", help_text="Zoals mensen u kennen.")
    groep = forms.MultipleChoiceField(
        label="Voor wie?", choices=[("a", "Ouderen"), ("b", "Jongeren")], widget=forms.CheckboxSelectMultiple
    )
    akkoord = forms.BooleanField(label="Akkoord")
    bijnaam = forms.CharField(label="Bijnaam", required=False)
    sleutel = forms.CharField(widget=forms.HiddenInput, required=False)


def html_van(form: forms.Form, veld: str) -> str:
    return str(form[veld].as_field_group())


def test_veld_zet_label_en_uitleg_voor_het_invoerveld() -> None:
    html = html_van(ProefForm(), "naam")
    plekken = [html.index(deel) for deel in ("<label", "Zoals mensen u kennen.", "<input")]
    assert plekken == sorted(plekken)
    assert 'for="id_naam"' in html
    assert 'aria-describedby="id_naam_helptext"' in html
    assert 'id="id_naam_helptext"' in html
    assert "aria-invalid" not in html


def test_veld_verbindt_de_fout_met_het_invoerveld() -> None:
    html = html_van(ProefForm({"naam": ""}), "naam")
    beschreven = re.search(r'aria-describedby="([^"]+)"', html)
    assert beschreven is not None
    for plek in beschreven[1].split():
        assert f'id="{plek}"' in html
    assert 'aria-invalid="true"' in html
    assert "field--error" in html
    assert html.index("Dit veld is verplicht.") < html.index("<input")


def test_veld_noemt_wat_niet_verplicht_is() -> None:
    assert "(niet verplicht)" in html_van(ProefForm(), "bijnaam")
    assert "(niet verplicht)" not in html_van(ProefForm(), "naam")


def test_veld_met_vakjes_heeft_een_legenda() -> None:
    html = html_van(ProefForm({}), "groep")
    assert html.startswith("<fieldset")
    assert "<legend" in html
    assert 'aria-describedby="id_groep_error"' in html
    assert html.count('type="checkbox"') == 2


def test_enkel_vinkje_staat_voor_zijn_label() -> None:
    html = html_van(ProefForm(), "akkoord")
    assert html.index("<input") < html.index("<label")


def test_verborgen_veld_heeft_geen_label() -> None:
    html = html_van(ProefForm(), "sleutel")
    assert "<label" not in html
    assert 'type="hidden"' in html


def test_wat_iemand_typt_wordt_tekst() -> None:
    html = html_van(ProefForm({"naam": '"><script>alert(1)</script>'}), "naam")
    assert "<script>" not in html


def test_foutoverzicht_wijst_naar_elk_veld() -> None:
    form = ProefForm({})
    html = render_to_string("componenten/foutoverzicht.html", {"form": form})
    alles = str(form)
    doelen = re.findall(r'href="#([^"]+)"', html)
    assert doelen == ["id_naam", "id_groep", "id_akkoord"]
    for doel in doelen:
        assert f'id="{doel}"' in alles


def test_foutoverzicht_toont_fouten_van_het_geheel() -> None:
    form = ProefForm({"naam": "x", "groep": ["a"], "akkoord": "on"})
    assert form.is_valid()
    form.add_error(None, "Dit past niet bij elkaar.")
    assert "Dit past niet bij elkaar." in render_to_string("componenten/foutoverzicht.html", {"form": form})


def test_foutoverzicht_zwijgt_zonder_fouten() -> None:
    assert render_to_string("componenten/foutoverzicht.html", {"form": ProefForm()}).strip() == ""


def test_formulier_begint_met_het_overzicht_en_toont_elk_veld_een_keer() -> None:
    html = str(ProefForm({}))
    assert html.strip().startswith('<div class="error-summary"')
    for naam in ("naam", "akkoord", "bijnaam", "sleutel"):
        assert html.count(f'name="{naam}"') == 1
