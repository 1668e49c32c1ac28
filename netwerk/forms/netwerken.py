"""Forms of networks: finding, proposing, changing, joining, inviting."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from netwerk.keuzes import Netwerkstatus, Rol, Toelating, Zicht
from netwerk.models import Netwerk
from organisaties.forms.velden import AdresEmailField, RegelField, TekstField
from organisaties.forms.zoeken import Zoektekst
from organisaties.models import Thema
from welzijnportal.geo.beeld import provincies
from welzijnportal.geo.models import Gemeente, Provincie
from welzijnportal.http import ParameterForm, paginanummer
from welzijnportal.images import hercodeer
from welzijnportal.validators import een_regel, zichtbare_tekst

LANDELIJK = "landelijk"
MEEST_GEMEENTEN = 40
VRAGEN = 3
MEEST_THEMAS = 5
TOELATING = [
    (Toelating.OPEN.value, "Iedereen met een profiel kan meteen lid worden"),
    (Toelating.AANVRAAG.value, "Wie lid wil worden vraagt het, en een beheerder zegt ja of nee"),
    (Toelating.UITNODIGING.value, "Alleen wie een uitnodiging heeft"),
]
ZICHT = [
    (Zicht.NETWERK.value, "Alleen leden van het netwerk"),
    (Zicht.PORTAAL.value, "Iedereen met een profiel op het portaal"),
    (Zicht.PUBLIEK.value, "Iedereen, ook zonder account"),
]


class LijstForm(ParameterForm):
    q = Zoektekst(tekens=100)
    thema = forms.RegexField(regex=re.compile(r"\A[a-z0-9-]{1,60}\Z"), required=False, initial="")
    streek = forms.ChoiceField(
        choices=[(LANDELIJK, LANDELIJK), *((slug, naam) for naam, slug in provincies().values())],
        required=False,
        initial="",
    )
    pagina = forms.CharField(required=False, initial=1)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"])


class LedenlijstForm(ParameterForm):
    q = Zoektekst(tekens=60)
    pagina = forms.CharField(required=False, initial=1)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"])


class NetwerkForm(forms.ModelForm[Netwerk]):
    """What a network says of itself; the proposal asks no more than this."""

    naam = RegelField(
        label="Naam",
        help_text="Kort en duidelijk. Bijvoorbeeld: Netwerk eenzaamheid Groningen.",
        max_length=100,
        validators=[zichtbare_tekst],
        error_messages={"required": "Geef het netwerk een naam."},
    )
    doel = RegelField(
        label="Waarvoor is dit netwerk?",
        help_text="In één zin. Die staat in de lijst, in de uitnodiging en boven aan de pagina.",
        max_length=200,
        validators=[zichtbare_tekst],
        error_messages={"required": "Schrijf in één zin waarvoor het netwerk is."},
    )
    tekst = TekstField(
        label="Over dit netwerk",
        help_text="Voor wie is het, wat doet u samen, hoe vaak komt u bij elkaar?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    themas = forms.ModelMultipleChoiceField(
        queryset=Thema.objects.hoofdthemas(),
        label="Thema’s",
        help_text=f"Hoogstens {MEEST_THEMAS}.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Dit thema bestaat niet meer.",
            "invalid_pk_value": "Dit thema bestaat niet.",
        },
    )
    provincies = forms.ModelMultipleChoiceField(
        queryset=Provincie.objects.all(),
        label="Provincies",
        help_text="Kies niets als het netwerk voor heel Nederland is.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Deze provincie bestaat niet.",
            "invalid_pk_value": "Deze provincie bestaat niet.",
        },
    )
    toelating = forms.ChoiceField(
        label="Wie kan lid worden?",
        choices=TOELATING,
        initial=Toelating.OPEN.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie lid kan worden.", "invalid_choice": "Kies een van deze drie."},
    )

    class Meta:
        model = Netwerk
        fields: tuple[str, ...] = ("naam", "doel", "tekst", "themas", "provincies", "toelating")

    def clean_naam(self) -> str:
        naam = str(self.cleaned_data["naam"])
        dezelfde = Netwerk.objects.filter(naam__iexact=naam).exclude(status=Netwerkstatus.AFGEWEZEN)
        if dezelfde.exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                "Er is al een netwerk met deze naam. Kies een andere, of word daar lid.", code="bestaat"
            )
        return naam

    def clean_themas(self) -> Any:
        gekozen = self.cleaned_data["themas"]
        if len(gekozen) > MEEST_THEMAS:
            raise ValidationError(f"Kies er hoogstens {MEEST_THEMAS}.", code="te_veel")
        return gekozen

    @property
    def eigen_velden(self) -> dict[str, Any]:
        """The columns of the network, without what is linked to it."""
        return {naam: self.cleaned_data[naam] for naam in ("naam", "doel", "tekst", "toelating")}


def _zicht(label: str, uitleg: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=uitleg,
        choices=ZICHT,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie dit mag zien.", "invalid_choice": "Kies een van deze drie."},
    )


class WijzigenForm(NetwerkForm):
    """All of it, for beheerders; a picture is written anew before it is kept."""

    gemeenten = RegelField(
        label="Gemeenten",
        help_text="Alleen als het netwerk van een paar gemeenten is. Zet er komma’s tussen: Ede, Wageningen.",
        required=False,
        max_length=1500,
    )
    vraag_1 = RegelField(label="Eerste vraag", required=False, max_length=200)
    vraag_2 = RegelField(label="Tweede vraag", required=False, max_length=200)
    vraag_3 = RegelField(label="Derde vraag", required=False, max_length=200)
    zicht_pagina = _zicht(
        "Wie ziet de pagina van het netwerk?", "Leden en gesprekken zijn nooit ruimer te zien dan de pagina."
    )
    zicht_leden = _zicht(
        "Wie ziet de leden?", "Wie niet gevonden wil worden, blijft buiten het netwerk ook dan verborgen."
    )
    zicht_gesprekken = _zicht(
        "Wie leest de gesprekken?",
        "Maakt u dit kleiner, dan geldt dat ook voor wat er al staat. Maakt u het ruimer, dan blijft wat er al staat onder elkaar.",
    )
    welkom = TekstField(
        label="Welkomsttekst",
        help_text="Die leest iemand die net lid is geworden.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    huisregels = TekstField(
        label="Huisregels", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )
    huisregels_bekijken_datum = forms.DateField(
        label="Wanneer wilt u de huisregels nog eens bekijken?",
        help_text="Op die dag krijgen de beheerders bericht.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Vul een datum in, zoals 3-11-2027."},
    )
    beeld = forms.FileField(
        label="Afbeelding",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="Een JPG, PNG of WebP van hoogstens 5 MB. Liefst breder dan hoog.",
        error_messages={
            "empty": "Dit bestand is leeg. Kies een ander.",
            "invalid": "Kies een bestand.",
            "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        },
    )
    beeld_weg = forms.BooleanField(label="De afbeelding weghalen", required=False)
    gezien_op = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    class Meta(NetwerkForm.Meta):
        fields = (
            *NetwerkForm.Meta.fields, "taal", "zicht_pagina", "zicht_leden", "zicht_gesprekken", "welkom", "huisregels",
            "huisregels_bekijken_datum",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        netwerk: Netwerk = kwargs["instance"]
        vragen = [*netwerk.vragen, "", "", ""]
        begin = {f"vraag_{n + 1}": vragen[n] for n in range(VRAGEN)}
        # A network fetched with its region has the names at hand.
        namen = getattr(netwerk, "gemeentenamen", None)
        begin["gemeenten"] = ", ".join(
            [gemeente.naam for gemeente in netwerk.gemeenten.all()] if namen is None else namen
        )
        begin["gezien_op"] = netwerk.gewijzigd_op.isoformat()
        kwargs["initial"] = begin | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.had_beeld = bool(netwerk.beeld)
        if not self.had_beeld:
            del self.fields["beeld_weg"]

    def clean_gemeenten(self) -> list[Gemeente]:
        namen = list(dict.fromkeys(" ".join(deel.split()) for deel in self.cleaned_data["gemeenten"].split(",")))
        namen = [naam for naam in namen if naam]
        if len(namen) > MEEST_GEMEENTEN:
            raise ValidationError(
                f"Vul hoogstens {MEEST_GEMEENTEN} gemeenten in, of kies een provincie.", code="te_veel"
            )
        bekend = {gemeente.naam.casefold(): gemeente for gemeente in Gemeente.objects.all()} if namen else {}
        onbekend = [naam for naam in namen if naam.casefold() not in bekend]
        if onbekend:
            raise ValidationError(
                f"Deze gemeente kennen wij niet: {onbekend[0][:60]}. Kijk de naam na.", code="onbekend"
            )
        return [bekend[naam.casefold()] for naam in namen]

    def clean_beeld(self) -> Any:
        nieuw = self.files.get("beeld")
        return hercodeer(nieuw, max_zijde=1200) if nieuw else None

    def clean_huisregels_bekijken_datum(self) -> Any:
        dag = self.cleaned_data["huisregels_bekijken_datum"]
        if dag and dag.year > timezone.localdate().year + 5:
            raise ValidationError("Kies een dag in de komende vijf jaar.", code="ver")
        if dag and dag < timezone.localdate() and dag != self.instance.huisregels_bekijken_datum:
            raise ValidationError("Kies een dag die nog komt.", code="voorbij")
        return dag

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        pagina = schoon.get("zicht_pagina")
        for naam in ("zicht_leden", "zicht_gesprekken"):
            if pagina and schoon.get(naam) and schoon[naam] > pagina:
                self.add_error(naam, ValidationError("Dit kan niet ruimer zijn dan de pagina zelf.", code="ruimer"))
        return schoon

    @property
    def eigen_velden(self) -> dict[str, Any]:
        namen = (
            "taal", "zicht_pagina", "zicht_leden", "zicht_gesprekken", "welkom", "huisregels", "huisregels_bekijken_datum"
        )  # fmt: skip
        vragen = [self.cleaned_data[f"vraag_{n + 1}"] for n in range(VRAGEN)]
        return {
            **super().eigen_velden,
            **{naam: self.cleaned_data[naam] for naam in namen},
            "vragen": [vraag for vraag in vragen if vraag],
        }

    @property
    def verbonden(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in ("themas", "provincies", "gemeenten")}


class LidWordenForm(forms.Form):
    """Joining, or asking to: the questions of the network, and whether beheerders may have one's address."""

    deelt_mail = forms.BooleanField(
        label="De beheerders mogen mijn e-mailadres zien",
        help_text="Het staat dan ook in de ledenlijst die zij kunnen downloaden. U kunt dit altijd veranderen.",
        required=False,
    )

    def __init__(self, *args: Any, netwerk: Netwerk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vragen = netwerk.vragen if netwerk.toelating == Toelating.AANVRAAG else []
        for nummer, vraag in enumerate(self.vragen):
            self.fields[f"antwoord_{nummer}"] = TekstField(
                label=vraag,
                max_length=1000,
                validators=[zichtbare_tekst],
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": "Beantwoord deze vraag. De beheerders lezen uw antwoord."},
            )
        self.order_fields([*(f"antwoord_{nummer}" for nummer in range(len(self.vragen))), "deelt_mail"])

    @property
    def antwoorden(self) -> list[str]:
        return [self.cleaned_data[f"antwoord_{nummer}"] for nummer in range(len(self.vragen))]


class MijnPlekForm(forms.Form):
    deelt_mail = forms.BooleanField(label="De beheerders mogen mijn e-mailadres zien", required=False)


class BesluitForm(forms.Form):
    """One press of a button about a row; ``pk`` is that of the row."""

    pk = forms.IntegerField(min_value=1, max_value=2**62)
    besluit = forms.ChoiceField(choices=[("ja", "ja"), ("nee", "nee")])


class LidForm(forms.Form):
    DRAAG_OVER, VERWIJDER = "overdragen", "verwijderen"

    actie = forms.ChoiceField(
        choices=[(keuze, keuze) for keuze in (Rol.BEHEERDER.value, Rol.LID.value, DRAAG_OVER, VERWIJDER)]
    )


class UitnodigenForm(forms.Form):
    email = AdresEmailField(
        label="E-mailadres", error_messages={"required": "Vul het e-mailadres in van wie u uitnodigt."}
    )
    regel = RegelField(
        label="Een persoonlijk woord erbij",
        help_text="Bijvoorbeeld: we spraken elkaar op de studiedag.",
        required=False,
        max_length=300,
        validators=[een_regel],
    )


class LinkForm(forms.Form):
    naam = RegelField(
        label="Waar is de link voor?",
        help_text="Alleen voor uzelf. Bijvoorbeeld: folder studiedag.",
        max_length=80,
        validators=[zichtbare_tekst],
        error_messages={"required": "Schrijf op waar de link voor is."},
    )
    tot = forms.DateField(
        label="Tot en met welke dag werkt de link?",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Vul een datum in, zoals 3-11-2027."},
    )
    meest = forms.IntegerField(
        label="Hoeveel mensen mogen hem gebruiken?",
        required=False,
        min_value=1,
        max_value=5000,
        error_messages={
            "invalid": "Vul een getal in.",
            "min_value": "Vul een getal van 1 of meer in.",
            "max_value": "Vul hoogstens 5000 in, of laat het leeg.",
        },
    )

    def clean_tot(self) -> datetime | None:
        dag = self.cleaned_data["tot"]
        if not dag:
            return None
        if dag < timezone.localdate():
            raise ValidationError("Kies vandaag of een dag die nog komt.", code="voorbij")
        if dag.year > timezone.localdate().year + 5:
            raise ValidationError("Kies een dag in de komende vijf jaar.", code="ver")
        return timezone.make_aware(datetime.combine(dag + timedelta(days=1), time()))


class ZoekOrganisatieForm(forms.Form):
    q = RegelField(label="Naam van de organisatie", required=False, max_length=120)


class SteunForm(forms.Form):
    """One press of a button about support; ``pk`` is that of an organisation when it is asked, else of the row."""

    VRAAG, JA, NEE = "vraag", "ja", "nee"

    actie = forms.ChoiceField(choices=[(keuze, keuze) for keuze in (VRAAG, JA, NEE)])
    pk = forms.IntegerField(min_value=1, max_value=2**62)


class ExportForm(forms.Form):
    vorm = forms.ChoiceField(choices=[("csv", "csv"), ("xlsx", "xlsx")])
