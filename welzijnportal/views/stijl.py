"""The pattern page, in development only: every component in every state, with the line that includes it."""

import datetime

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

ICONEN = (
    "zoeken",
    "plaats",
    "telefoon",
    "mail",
    "website",
    "klok",
    "route",
    "euro",
    "mensen",
    "hart",
    "huis",
    "boek",
    "filter",
    "sluiten",
    "plus",
    "vinkje",
    "delen",
    "agenda",
)

TINTEN = [
    ("Geld en schulden", "geld", "Rondkomen, schulden, toeslagen"),
    ("Eten en spullen", "eten", "Voedselbank, kleding, huisraad"),
    ("Eenzaam", "eenzaam", "Een maatje, inloop, bezoek"),
    ("Zorgen voor een ander", "hart", "Steun voor mantelzorgers"),
    ("Opvoeden en opgroeien", "kind", "Voor ouders en kinderen"),
    ("Wonen", "wonen", "Een plek, een buur, een klus"),
    ("Werk en leren", "werk", "Een baan, een cursus"),
    ("Nederlands leren", "taal", "Taalles en taalmaatjes"),
    ("Gezondheid en zorg", "zorg", "Somber, ziek, een beperking"),
    ("Regelen en recht", "recht", "Brieven, formulieren, rechten"),
    ("Veilig zijn", "veilig", "Hulp bij geweld en dreiging"),
    ("Meedoen in de buurt", "mensen", "Buurthuis, sport, cultuur"),
]


class VoorbeeldForm(forms.Form):
    naam = forms.CharField(label="Naam van uw organisatie", help_text="Zoals mensen u kennen.", max_length=120)
    email = forms.EmailField(label="E-mailadres", help_text="Wij sturen u een bevestiging.")
    soort = forms.ChoiceField(
        label="Soort organisatie", choices=[("", "Kies"), ("stichting", "Stichting")], required=False
    )
    datum = forms.DateField(label="Vanaf welke dag?", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    tekst = forms.CharField(label="Wat kan iemand bij u halen?", widget=forms.Textarea, max_length=160, required=False)
    logo = forms.FileField(label="Logo", help_text="Een JPG, PNG of WebP van ten hoogste 3 MB.", required=False)
    doelgroepen = forms.MultipleChoiceField(
        label="Voor wie is het?",
        help_text="U mag meer dan één vakje aankruisen.",
        choices=[("ouderen", "Ouderen"), ("jongeren", "Jongeren"), ("nieuwkomers", "Nieuwkomers en vluchtelingen")],
        widget=forms.CheckboxSelectMultiple,
    )
    kosten = forms.ChoiceField(
        label="Kost het iets?", choices=[("gratis", "Nee, het is gratis"), ("geld", "Ja")], widget=forms.RadioSelect
    )
    akkoord = forms.BooleanField(label="Ik mag namens deze organisatie spreken")


class GroepForm(forms.Form):
    postcode = forms.CharField(label="Postcode")
    plaats = forms.CharField(label="Plaats")


def _resultaten() -> list[dict[str, object]]:
    volledig = {
        "url": "#resultaat",
        "naam": "Stichting De Brede Brug",
        "aanbod": "Een vrijwilliger helpt u uw post en rekeningen op orde te krijgen.",
        "voor_wie": "volwassenen",
        "plaats": "Zutphen",
        "afstand_km": 1.24,
        "open_nu": "nu open, tot 17.00 uur",
        "gratis": True,
        "gecontroleerd": datetime.date(2026, 10, 12),
        "telefoon": "0575 12 34 56",
        "thema_kleur": "tint-1",
        "thema_icoon": "geld",
        "is_landelijk": False,
    }
    lang = volledig | {
        "naam": "Schuldhulpverleningssamenwerkingsverband Achterhoek",
        "plaats": "Winterswijk",
        "afstand_km": 34.1,
        "open_nu": "",
        "gratis": False,
        "thema_kleur": "tint-10",
        "thema_icoon": "recht",
    }
    landelijk = volledig | {
        "naam": "Landelijke luisterlijn",
        "aanbod": "Dag en nacht praten met iemand die luistert.",
        "voor_wie": "iedereen",
        "is_landelijk": True,
        "open_nu": "dag en nacht open",
        "gecontroleerd": None,
        "thema_kleur": "tint-3",
        "thema_icoon": "eenzaam",
    }
    return [volledig, lang, landelijk]


def _filtergroepen() -> list[dict[str, object]]:
    themas = [
        {"waarde": str(i), "tekst": tint[0], "aantal": 40 - 3 * i, "gekozen": i == 1} for i, tint in enumerate(TINTEN)
    ]
    return [
        {"titel": "Thema", "naam": "thema", "soort": "checkbox", "opties": themas},
        {
            "titel": "Kosten en tijden",
            "naam": "kosten",
            "soort": "checkbox",
            "opties": [{"waarde": "gratis", "tekst": "Gratis", "aantal": 31, "gekozen": False}],
        },
        {
            "titel": "Gemeente",
            "naam": "gemeente",
            "soort": "select",
            "leeg": "Alle gemeenten",
            "opties": [{"waarde": "GM0301", "tekst": "Zutphen", "aantal": 12, "gekozen": False}],
        },
    ]


@login_not_required
@require_safe
def stijl(request: HttpRequest) -> HttpResponse:
    dagen = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    return render(
        request,
        "welzijnportal/stijl.html",
        {
            "iconen": ICONEN,
            "tinten": [
                {
                    "naam": naam,
                    "icoon": icoon,
                    "uitleg": uitleg,
                    "tint": f"tint-{nr}",
                    "get_absolute_url": "#tegels",
                }
                for nr, (naam, icoon, uitleg) in enumerate(TINTEN, 1)
            ],
            "leeg": VoorbeeldForm(auto_id="leeg_%s"),
            "groepvelden": [GroepForm(auto_id="groep_%s")[naam] for naam in ("postcode", "plaats")],
            "met_fouten": VoorbeeldForm({"naam": "", "email": "geen adres"}, auto_id="fout_%s"),
            "resultaten": _resultaten(),
            "groepen": _filtergroepen(),
            "chips": [
                {"tekst": "Geld en schulden", "url": "#chips"},
                {"tekst": "Binnen 5 km van Zutphen", "url": "#chips"},
            ],
            "tijden": [
                {"dag": dag, "tekst": "9.00 – 17.00 uur" if nummer < 5 else "gesloten", "vandaag": nummer == 1}
                for nummer, dag in enumerate(dagen)
            ],
            "tabs": [
                {"tekst": "Gepubliceerd", "url": "#tabs", "actief": True, "aantal": 12},
                {"tekst": "Ingediend", "url": "#tabs", "aantal": 3},
            ],
            "koppen": ["Organisatie", "Plaats", "Ingediend"],
            "rijen": [["De Brede Brug", "Zutphen", "12 oktober"], ["Buurthuis De Linde", "Meppel", "9 november"]],
        },
    )
