"""Nothing that points to a listing is forgotten when it is merged."""

from organisaties.actions.samenvoegen.regels import RULES, TelOp, relaties


def test_elke_verwijzing_naar_een_organisatie_heeft_een_regel() -> None:
    gevonden = {(model._meta.label, veld.name) for model, veld in relaties()}
    assert gevonden - RULES.keys() == set()
    assert {regel for regel in RULES if regel[0].startswith("organisaties.")} - gevonden == set()


def test_wat_wordt_opgeteld_bestaat() -> None:
    for model, veld in relaties():
        regel = RULES[model._meta.label, veld.name]
        if isinstance(regel, TelOp):
            assert {*regel.op, *regel.velden} <= {een.name for een in model._meta.fields}
