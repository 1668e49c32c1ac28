"""Two people who edit the same part of a listing: the second one is told, and loses nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.boundfield import BoundField

from organisaties.models import Organisatie
from welzijnportal.accounts.models import Gebruiker


def _kaal(waarde: Any) -> str:
    if isinstance(waarde, Model):
        return str(waarde.pk)
    if not isinstance(waarde, str) and isinstance(waarde, Iterable):
        return "|".join(sorted(_kaal(deel) for deel in waarde))
    return "" if waarde is None else str(waarde).replace("\r\n", "\n").strip()


def stand_van(form: forms.BaseForm) -> dict[str, str]:
    """Return a short hash for each field of what is saved now; the form is unbound."""
    return {
        naam: hashlib.sha256(_kaal(form[naam].value()).encode()).hexdigest()[:12]
        for naam, veld in form.fields.items()
        if not isinstance(veld, forms.FileField)
    }


def als_tekst(stand: dict[str, str]) -> str:
    return " ".join(f"{naam}:{hash_}" for naam, hash_ in stand.items())


def lees_stand(tekst: str) -> dict[str, str]:
    return dict(deel.split(":", 1) for deel in tekst[:4000].split(" ") if ":" in deel)


@dataclass(frozen=True)
class Verschil:
    veld: BoundField
    nu: str


@dataclass(frozen=True)
class Botsing:
    """What somebody else saved since this form was opened, by whom and when."""

    verschillen: list[Verschil]
    wie: str
    wanneer: datetime


def botsing(*, form: forms.BaseForm, nu: forms.BaseForm, stand: str, organisatie: Organisatie) -> Botsing | None:
    """Compare a sent form with what is saved now (``nu``, unbound); None when nobody came in between.

    Only fields count that changed since the form was opened and that this person would set back.
    """
    toen, huidig = lees_stand(stand), stand_van(nu)
    verschillen = [
        Verschil(form[naam], in_woorden(nu[naam]))
        for naam, hash_ in huidig.items()
        if naam in toen and toen[naam] != hash_ and form.fields[naam].has_changed(nu[naam].value(), form[naam].data)
    ]
    if not verschillen:
        return None
    laatste = organisatie.history.select_related("history_user").first()
    wie = laatste.history_user if laatste else None
    return Botsing(
        verschillen,
        str(wie) if isinstance(wie, Gebruiker) else "iemand anders",
        laatste.history_date if laatste else organisatie.gewijzigd_op,
    )


def in_woorden(veld: BoundField) -> str:
    """Return a field's saved value as people read it."""
    waarde: Any = veld.value()
    if isinstance(veld.field, forms.BooleanField):
        return "ja" if waarde else "nee"
    if isinstance(veld.field, forms.ChoiceField):
        gekozen = waarde if isinstance(waarde, (list, tuple, set)) else [waarde]
        keuzes: Any = veld.field.choices
        bekend = {
            _kaal(getattr(k, "value", k)): str(tekst) for k, tekst in keuzes if not isinstance(tekst, (list, tuple))
        }
        return ", ".join(bekend.get(_kaal(deel), _kaal(deel)) for deel in gekozen if _kaal(deel)) or "(leeg)"
    return _kaal(waarde) or "(leeg)"
