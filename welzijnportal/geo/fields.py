"""A model field for a point on the ground, over PostgreSQL's own `point` type, with distance and radius.

`<->` of two points is the distance in kilometres, and a GiST index (`GistIndex(fields=["punt"])`) serves
both `order_by(Afstand("punt", punt))[:20]` and `filter(punt__binnen=(punt, km))`. PostgreSQL's `point` has
no `=`, so DISTINCT and GROUP BY on the column itself fail: `defer("punt")` there, or use a subquery.
"""

import math
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import BaseExpression, Combinable, Expression, F, Func, Value
from django.db.models.lookups import Lookup

from .rd import Punt, in_nederland, naar_rd, van_rd

if TYPE_CHECKING:
    _Veld = models.Field[Any, Any]
    _Zoekwijze = Lookup[Any]
else:
    _Veld, _Zoekwijze = models.Field, Lookup

__all__ = ["Afstand", "Binnen", "Punt", "PuntField", "in_nederland", "naar_rd", "van_rd"]


def _als_punt(waarde: Any) -> Punt:
    if isinstance(waarde, str):
        waarde = waarde.strip().strip("()").split(",")
    try:
        x, y = (float(deel) for deel in waarde)
    except (TypeError, ValueError) as error:
        raise ValidationError("Dit is geen punt: geef twee getallen, x en y in kilometers.", code="invalid") from error
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValidationError("Een punt bestaat uit twee gewone getallen.", code="invalid")
    return Punt(x, y)


class PuntField(_Veld):
    """A `Punt` (kilometres in the Rijksdriehoek grid). Accepts a pair or '(x,y)'; gives a `Punt` or None."""

    description = "Punt in kilometers (Rijksdriehoek)"
    empty_strings_allowed = False

    def db_type(self, connection: Any) -> str:
        return "point"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Punt | None:
        return None if value is None else _als_punt(value)

    def to_python(self, value: Any) -> Punt | None:
        return None if value in (None, "") else _als_punt(value)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        punt = _als_punt(value)
        return f"({punt.x!r},{punt.y!r})"

    def get_placeholder_sql(self, value: Any, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if hasattr(value, "as_sql"):
            return compiler.compile(value)
        return "%s::point", (value,)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else self.get_prep_value(value)

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        return None


def punt_expressie(waarde: Any) -> Any:
    """An expression for a field name, an expression, a pair or None."""
    if isinstance(waarde, str):
        return F(waarde)
    if waarde is None or not hasattr(waarde, "resolve_expression"):
        return Value(waarde, output_field=PuntField())
    return waarde


class Afstand(Func):
    """Kilometres between two points, `Afstand("punt", punt)`; NULL when either is unknown."""

    arg_joiner = " <-> "
    template = "(%(expressions)s)"
    arity = 2

    def __init__(
        self,
        veld: "str | Expression | F",
        punt: "Combinable | BaseExpression | tuple[float, float] | None",
        **extra: Any,
    ) -> None:
        extra.setdefault("output_field", models.FloatField())
        super().__init__(punt_expressie(veld), punt_expressie(punt), **extra)


@PuntField.register_lookup
class Binnen(_Zoekwijze):
    """`filter(punt__binnen=(punt, km))`: within so many kilometres; an unknown point or radius finds nothing."""

    lookup_name = "binnen"
    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        punt, km = self.rhs
        if not hasattr(punt, "resolve_expression"):
            punt = Value(punt, output_field=PuntField())
        if not hasattr(km, "resolve_expression"):
            km = None if km is None or not math.isfinite(float(km)) else max(0.0, float(km))
            km = Value(km, output_field=models.FloatField())
        return punt, km

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        punt, punt_params = compiler.compile(self.rhs[0].resolve_expression(compiler.query))
        km, km_params = compiler.compile(self.rhs[1].resolve_expression(compiler.query))
        return f"{lhs} <@ circle({punt}, ({km})::float8)", (*lhs_params, *punt_params, *km_params)


@PuntField.register_lookup
class Zelfde(models.lookups.Exact):
    """`point` has no `=`; `~=` is PostgreSQL's 'same as'."""

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"~= {rhs}"
