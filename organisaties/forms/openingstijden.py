"""Opening hours of a location or service: the week and the exceptions to it."""

from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from organisaties.forms.velden import RegelField
from organisaties.keuzes import Dag
from organisaties.models import Dienst, Locatie, Openingstijd, Openingsuitzondering

TIJD_FOUT = "Vul een tijd in, zoals 9:00 of 13:30."
DAG_FOUT = "Vul een datum in, zoals 25-12-2026."
TIJDFORMATEN = ["%H:%M", "%H.%M", "%H:%M:%S", "%H"]
MAX_VAKKEN = 6
MAX_UITZONDERINGEN = 40


class TijdField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=TIJDFORMATEN,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": TIJD_FOUT},
            **kwargs,
        )


class TijdvakForm(forms.Form):
    """One slot of one day; a slot left empty is no slot."""

    van = TijdField(label="Van")
    tot = TijdField(label="Tot")
    is_op_afspraak = forms.BooleanField(label="Op afspraak", required=False)

    def __init__(self, *args: Any, dag: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dag = dag

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if self.errors:
            return schoon
        van, tot = schoon.get("van"), schoon.get("tot")
        if van and not tot:
            self.add_error("tot", ValidationError("Vul in hoe laat u dichtgaat.", code="tot"))
        if tot and not van:
            self.add_error("van", ValidationError("Vul in hoe laat u opengaat.", code="van"))
        if van and tot and van >= tot:
            self.add_error("tot", ValidationError("De eindtijd moet later zijn dan de begintijd.", code="volgorde"))
        return schoon

    def als_tijd(self) -> Openingstijd | None:
        schoon = self.cleaned_data
        if not (schoon["van"] or schoon["is_op_afspraak"]):
            return None
        return Openingstijd(dag=self.dag, van=schoon["van"], tot=schoon["tot"], is_op_afspraak=schoon["is_op_afspraak"])


class UitzonderingForm(forms.ModelForm[Openingsuitzondering]):
    van_datum = forms.DateField(
        label="Eerste dag",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": DAG_FOUT},
    )
    tot_en_met_datum = forms.DateField(
        label="Laatste dag",
        required=False,
        help_text="Leeg laten als het om één dag gaat.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": DAG_FOUT},
    )
    van = TijdField(label="Open van")
    tot = TijdField(label="Tot")
    reden = RegelField(label="Reden", max_length=100, required=False, help_text="Bijvoorbeeld ‘Kerst’.")
    weg = forms.BooleanField(label="Weghalen", required=False)

    class Meta:
        model = Openingsuitzondering
        fields = ("van_datum", "tot_en_met_datum", "van", "tot", "reden")

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if self.errors or self.is_leeg():
            return schoon
        begin, eind = schoon.get("van_datum"), schoon.get("tot_en_met_datum")
        if begin is None:
            self.add_error("van_datum", ValidationError("Vul in vanaf welke dag dit geldt.", code="required"))
            return schoon
        eind = schoon["tot_en_met_datum"] = eind or begin
        if eind < begin:
            self.add_error(
                "tot_en_met_datum", ValidationError("De laatste dag ligt voor de eerste dag.", code="volgorde")
            )
        if (
            not 2000 <= begin.year <= timezone.localdate().year + 5
            or not 2000 <= eind.year <= timezone.localdate().year + 5
        ):
            self.add_error("van_datum", ValidationError("Kies een datum in de komende vijf jaar.", code="te_ver"))
        van, tot = schoon.get("van"), schoon.get("tot")
        if bool(van) != bool(tot) or (van and tot and van >= tot):
            self.add_error(
                "tot",
                ValidationError("Vul een begintijd en een latere eindtijd in, of laat beide leeg.", code="tijden"),
            )
        return schoon

    def _post_clean(self) -> None:
        """The rows are made by hand: an empty row is no exception, and without times it is closed."""

    def is_leeg(self) -> bool:
        schoon = self.cleaned_data
        return schoon.get("weg") or not any(
            schoon.get(veld) for veld in ("van_datum", "tot_en_met_datum", "van", "tot", "reden")
        )

    def als_uitzondering(self) -> Openingsuitzondering | None:
        if self.is_leeg():
            return None
        velden = {veld: self.cleaned_data[veld] for veld in self._meta.fields or ()}
        return Openingsuitzondering(**velden, is_gesloten=not velden["van"])


class OpeningstijdenFormulier:
    """All rows of one page: the slots of each day, at least one row, then the exceptions and an empty one."""

    def __init__(self, eigenaar: Locatie | Dienst, data: Any = None, *, lege_vakken: int = 0) -> None:
        self.data = data
        tijden: dict[int, list[Openingstijd]] = {dag: [] for dag in Dag.values}
        for tijd in eigenaar.openingstijden.all():
            tijden[tijd.dag].append(tijd)
        self.dagen = [(Dag(dag).label, self._vakken(dag, rij, lege_vakken)) for dag, rij in tijden.items()]
        komend = [u for u in eigenaar.uitzonderingen.all() if u.tot_en_met_datum >= timezone.localdate()]
        aantal = self._aantal("uitzonderingen", len(komend) + 1, MAX_UITZONDERINGEN)
        self.uitzonderingen = [
            UitzonderingForm(data, prefix=f"u{n}", instance=komend[n] if n < len(komend) and data is None else None)
            for n in range(aantal)
        ]

    def _aantal(self, naam: str, gewoon: int, hoogstens: int) -> int:
        if self.data is None:
            return gewoon
        waarde = self.data.get(f"aantal_{naam}", "")
        return min(int(waarde), hoogstens) if waarde.isascii() and waarde.isdigit() and len(waarde) < 4 else gewoon

    def _vakken(self, dag: int, rij: list[Openingstijd], leeg: int) -> list[TijdvakForm]:
        aantal = self._aantal(f"d{dag}", max(len(rij) + leeg, 1), MAX_VAKKEN)
        return [
            TijdvakForm(
                self.data,
                prefix=f"d{dag}-{n}",
                dag=dag,
                initial={veld: getattr(rij[n], veld) for veld in ("van", "tot", "is_op_afspraak")}
                if n < len(rij)
                else {},
            )
            for n in range(aantal)
        ]

    @property
    def rijen(self) -> list[forms.BaseForm]:
        return [vak for _, vakken in self.dagen for vak in vakken] + list(self.uitzonderingen)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Pairs of a field's id and what is wrong, for the summary."""
        return [
            (form[veld].id_for_label, f"{self._plek(form)}: {fout}")
            for form in self.rijen
            for veld, fouten in form.errors.items()
            for fout in fouten
            if veld in form.fields
        ] + [("", fout) for fout in getattr(self, "overlap", [])]

    def _plek(self, form: forms.BaseForm) -> str:
        return Dag(form.dag).label.capitalize() if isinstance(form, TijdvakForm) else "Afwijkende dag"

    def is_valid(self) -> bool:
        fout = [form for form in self.rijen if not form.is_valid()]
        goed = not fout
        self.overlap: list[str] = []
        if goed:
            for naam, vakken in self.dagen:
                rij = sorted((v.cleaned_data["van"], v.cleaned_data["tot"]) for v in vakken if v.cleaned_data["van"])
                if any(een[1] > ander[0] for een, ander in pairwise(rij)):
                    self.overlap.append(f"{naam.capitalize()}: twee tijden vallen over elkaar heen.")
        return goed and not self.overlap

    def tijden(self) -> list[Openingstijd]:
        return [tijd for _, vakken in self.dagen for vak in vakken if (tijd := vak.als_tijd())]

    def nieuwe_uitzonderingen(self) -> list[Openingsuitzondering]:
        return [u for form in self.uitzonderingen if (u := form.als_uitzondering())]
