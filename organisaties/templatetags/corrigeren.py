"""The proposal of a visitor beside the form of the editor in which it is worked in."""

from typing import Any

from django import template

from organisaties.views.correcties import voorstel_ernaast

register = template.Library()


@register.inclusion_tag("organisaties/corrigeren/_ernaast.html", takes_context=True)
def voorstel(context: Any) -> dict[str, Any]:
    request = context["request"]
    gegevens = request.POST if request.method == "POST" else request.GET
    return {"correctie": voorstel_ernaast(gegevens, context["organisatie"])}
