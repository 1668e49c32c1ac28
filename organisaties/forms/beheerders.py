"""Inviting somebody to keep a listing."""

from django import forms

from organisaties.forms.velden import AdresEmailField
from organisaties.models.beheer import Rol

ROLLEN = [
    (Rol.REDACTEUR.value, "Redacteur: mag de vermelding wijzigen"),
    (Rol.BEHEERDER.value, "Beheerder: mag ook anderen uitnodigen en de vermelding weghalen"),
]


class UitnodigenForm(forms.Form):
    email = AdresEmailField(
        label="E-mailadres", error_messages={"required": "Vul het e-mailadres in van wie u uitnodigt."}
    )
    rol = forms.ChoiceField(
        label="Wat mag deze persoon?",
        choices=ROLLEN,
        initial=Rol.REDACTEUR.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een rol.", "invalid_choice": "Deze rol bestaat niet."},
    )


class RolForm(forms.Form):
    rol = forms.ChoiceField(choices=Rol.choices)


class OverdragenForm(forms.Form):
    email = AdresEmailField(
        label="E-mailadres van uw opvolger",
        help_text="Uw opvolger krijgt een mail met een link. Tot die is gebruikt, blijft u beheerder.",
        error_messages={"required": "Vul het e-mailadres van uw opvolger in."},
    )
