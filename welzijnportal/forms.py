"""How a form is drawn: label, help, error and field in that order, tied together for a screen reader."""

from collections.abc import Iterable

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class PortaalBoundField(BoundField):
    """A bound field that knows the classes of its frame, so that an error shows beside it."""

    def css_classes(self, extra_classes: str | Iterable[str] | None = None) -> str:
        klassen = super().css_classes(extra_classes).split()
        klassen += ["field", f"field--{self.widget_type}"]
        if self.errors:
            klassen.append("field--error")
        return " ".join(sorted(set(klassen), key=klassen.index))

    @property
    def is_enkel_vinkje(self) -> bool:
        """A single checkbox stands before its own label."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_lang(self) -> bool:
        """A text with a limit worth counting aloud."""
        return isinstance(self.field.widget, forms.Textarea) and bool(getattr(self.field, "max_length", None))


class PortaalRenderer(TemplatesSetting):
    form_template_name = "componenten/formulier.html"
    field_template_name = "componenten/veld.html"
    bound_field_class = PortaalBoundField
