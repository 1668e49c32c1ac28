"""For the editor's templates."""

from django import template

from organisaties.forms.keuzes import Keuzegroep, groepen_van

register = template.Library()


@register.filter
def keuzegroepen(veld: object) -> list[Keuzegroep]:
    """The groups of a bound GroepenField."""
    return groepen_van(veld)
