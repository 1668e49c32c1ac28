"""Imports go down only: between floors, inside an app, and never in hiding."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
APPS = ["organisaties", "netwerk", "agenda"]
GROUND = {
    "accounts", "embedded", "forms", "geo", "http", "images", "mail", "markdown", "onderhoud", "privacy", "ratelimit",
    "storage", "tabular", "templatetags", "validators", "beheer",
}  # fmt: skip
ROOF = {
    "adminconfig",
    "apps",
    "context",
    "inloggen",
    "management",
    "middleware",
    "migrations",
    "settings",
    "sitemaps",
    "urls",
    "views",
    "wsgi",
}
ORDER = [
    {"models", "keuzes", "querysets"},
    {"permissions", "openingstijden", "kwaliteit", "zoeken", "gelijkenis"},
    {"notifications"},
    {"tasks"},
    {"actions", "imports", "exports"},
    {"forms", "weergave"},
    {"views", "feeds", "api", "admin", "sitemaps", "management", "demo", "templatetags"},
    {"urls", "apps"},
]
# A framework hook that must import late: Django calls it after the apps have loaded.
LATE = {"ready", "handle"}


def _modules() -> list[Path]:
    return [p for top in ("welzijnportal", *APPS) for p in (ROOT / top).rglob("*.py") if "migrations" not in p.parts]


def _imports(path: Path) -> list[tuple[ast.stmt, str, str]]:
    """Return (node, dotted module, enclosing function) of each import of our own code."""
    found = []

    def walk(node: ast.AST, function: str) -> None:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.Import):
                found.extend((child, alias.name, function) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                package = list(path.relative_to(ROOT).parent.parts)
                base = package[: len(package) - child.level + 1] if child.level else []
                module = ".".join([*base, *(child.module or "").split(".")]).strip(".")
                found.extend((child, f"{module}.{alias.name}", function) for alias in child.names)
            walk(child, inside)

    walk(ast.parse(path.read_text()), "")
    return [item for item in found if item[1].split(".")[0] in {"welzijnportal", *APPS}]


def _floor(dotted: str) -> int:
    parts = [*dotted.split("."), ""]
    if parts[0] in APPS:
        return 1 + APPS.index(parts[0])
    return 0 if parts[1] in GROUND else len(APPS) + 1


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _rank(dotted: str) -> int | None:
    part = [*dotted.split("."), ""][1]
    return next((rank for rank, names in enumerate(ORDER) if part in names), None)


def test_every_module_of_the_ground_and_the_roof_is_listed() -> None:
    found = {
        p.relative_to(ROOT / "welzijnportal").parts[0].removesuffix(".py")
        for p in (ROOT / "welzijnportal").rglob("*.py")
    }
    assert found - {"__init__"} <= GROUND | ROOF


def test_every_module_of_an_app_has_a_place_in_the_order() -> None:
    unknown = [
        _name(p)
        for p in _modules()
        if p.parts[-2:] != (p.parts[-2], "__init__.py") and _floor(_name(p)) in (1, 2, 3) and _rank(_name(p)) is None
    ]
    assert unknown == []


def test_no_import_goes_up() -> None:
    wrong = []
    for path in _modules():
        own = _name(path)
        for node, target, _ in _imports(path):
            if path.parts[-2] == "management" or "TYPE_CHECKING" in target:
                continue
            if _floor(target) > _floor(own):
                wrong.append(f"{own}:{node.lineno} imports {target}")
    assert wrong == []


def test_no_import_breaks_the_order_inside_an_app() -> None:
    wrong = []
    for path in _modules():
        own = _name(path)
        if _floor(own) not in (1, 2, 3):
            continue
        for node, target, _ in _imports(path):
            mine, other = _rank(own), _rank(target)
            if target.split(".")[0] == own.split(".")[0] and mine is not None and other is not None and other > mine:
                wrong.append(f"{own}:{node.lineno} imports {target}")
    assert wrong == []


def test_no_function_imports_our_own_code_to_dodge_a_cycle() -> None:
    wrong = [
        f"{_name(path)}:{node.lineno} imports {target} inside {function}()"
        for path in _modules()
        for node, target, function in _imports(path)
        if function and function not in LATE
    ]
    assert wrong == []


def test_no_module_is_longer_than_the_limit() -> None:
    assert [_name(p) for p in _modules() if len(p.read_text().splitlines()) > 500] == []
