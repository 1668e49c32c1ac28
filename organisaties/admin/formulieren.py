"""Forms of the moderation desk."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from organisaties.models import Organisatie
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst


class RedenForm(forms.Form):
    """The reason that an organisation reads when something goes back to it."""

    reden = forms.CharField(
        label="Wat moet er anders?",
        help_text="De organisatie leest dit in de mail. Schrijf kort wat er mist of niet klopt.",
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(2000)],
        error_messages={"required": "Schrijf op wat er anders moet. De organisatie leest dit."},
    )


class LijstVeld(forms.CharField):
    """Words in an array, one on each line or with commas between them; double ones are left out."""

    widget = forms.Textarea(attrs={"rows": 5, "cols": 60})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        delen = [" ".join(deel.split()) for regel in str(value or "").splitlines() for deel in regel.split(",")]
        return list(dict.fromkeys(deel for deel in delen if deel))

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError("Vul ten minste één woord in.")

    def run_validators(self, value: Any) -> None:
        for woord in value:
            een_regel(woord)
            if len(woord) > 80:
                raise forms.ValidationError(f"Een woord of zin is hoogstens 80 tekens lang: '{woord[:40]}…'.")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class OrganisatieForm(forms.ModelForm[Organisatie]):
    """The editor for moderators; social links are a list of lines, and a stale form is refused."""

    gezien_versie = forms.IntegerField(label="", widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisatie
        fields = (
            "naam", "ook_bekend_als", "soort", "is_initiatief", "kort", "tekst", "email", "telefoon", "website", "logo",
            "themas", "doelgroepen", "labels", "werkgebied", "gemeenten", "provincies", "kvk_nummer", "rsin",
            "opgericht_jaar", "hoort_bij",
        )  # fmt: skip
        widgets = {"provincies": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django puts the name of a file field in a legend without a fieldset.
        self.fields["logo"].widget.attrs["aria-label"] = "Logo"
        self.fields["gezien_versie"].initial = self.instance.versie if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if self.instance.pk and gegevens.get("gezien_versie"):
            actueel = Organisatie.objects.filter(pk=self.instance.pk).values_list("versie", flat=True).first()
            if actueel != gegevens["gezien_versie"]:
                raise forms.ValidationError(
                    "Iemand anders heeft deze vermelding intussen aangepast. Open haar opnieuw in een ander "
                    "tabblad en neem over wat u hier hebt getypt.",
                    code="verouderd",
                )
        return gegevens
