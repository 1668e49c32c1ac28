import hashlib
import json
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, Storage

from welzijnportal.storage import HashedStaticStorage

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
CSS = (STATIC / "css/portaal.css").read_text()
VENDOR = json.loads((STATIC / "VENDOR.json").read_text())
TOKENS = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", CSS))


def test_bestanden_van_anderen_zijn_onveranderd() -> None:
    for pakket in VENDOR:
        assert all(pakket[wat] for wat in ("name", "version", "licence", "source"))
        assert any("LICENSE" in pad for pad in pakket["files"])
        for pad, som in pakket["files"].items():
            assert hashlib.sha256((ROOT / pad).read_bytes()).hexdigest() == som, pad


def test_elk_lettertype_staat_op_de_lijst_van_anderen() -> None:
    bekend = {pad for pakket in VENDOR for pad in pakket["files"]}
    assert {f"static/fonts/{pad.name}" for pad in (STATIC / "fonts").iterdir()} <= bekend


def test_eerste_bezoek_blijft_licht() -> None:
    wegen = {
        naam: (STATIC / naam).stat().st_size
        for naam in ("css/portaal.css", "js/portaal.js", "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2")
    }
    assert wegen["css/portaal.css"] <= 45_000
    assert sum(wegen.values()) <= 90_000


def test_stijl_laadt_niets_van_elders() -> None:
    for pad in (*STATIC.rglob("*.css"), *STATIC.rglob("*.js")):
        gevonden = re.findall(r"""(?:url\(\s*["']?|["'`])((?:https?:)?//[^"'`)\s]+)""", pad.read_text())
        assert not gevonden, f"{pad.name}: {gevonden}"


def helderheid(kleur: str) -> float:
    kanalen = [int(kleur[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
    lineair = [kanaal / 12.92 if kanaal <= 0.04045 else ((kanaal + 0.055) / 1.055) ** 2.4 for kanaal in kanalen]
    return 0.2126 * lineair[0] + 0.7152 * lineair[1] + 0.0722 * lineair[2]


def contrast(een: str, ander: str) -> float:
    licht, donker = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


@pytest.mark.parametrize("stand", [0, 1], ids=["licht", "donker"])
@pytest.mark.parametrize(
    ("voor", "achter", "ten_minste"),
    [
        *((voor, achter, 7.0) for voor in ("ink", "ink-soft", "primary") for achter in ("paper", "surface", "sunken")),
        *((voor, f"{voor}-soft", 7.0) for voor in ("success", "warning", "danger", "info")),
        ("accent", "paper", 7.0),
        ("accent", "accent-soft", 4.5),
        ("primary-strong", "primary-soft", 7.0),
        ("on-primary", "primary", 7.0),
        ("on-primary", "primary-strong", 7.0),
        *(("edge", achter, 3.0) for achter in ("paper", "surface")),
        *(("focus", achter, 3.0) for achter in ("paper", "surface", "sunken", "primary-soft")),
        ("mark-dot", "paper", 3.0),
    ],
)
def test_kleuren_hebben_genoeg_contrast(voor: str, achter: str, ten_minste: float, stand: int) -> None:
    kleuren = [TOKENS[naam].split(", ")[stand] for naam in (voor, achter)]
    assert contrast(*kleuren) >= ten_minste, f"{voor} op {achter}: {contrast(*kleuren):.2f}"


def test_productie_geeft_elk_deel_van_een_script_een_eigen_adres(tmp_path: Path) -> None:
    storage = HashedStaticStorage(location=str(tmp_path), base_url="/static/")
    paden: dict[str, tuple[Storage, str]] = {}
    bron = FileSystemStorage(location=str(STATIC))
    for pad in STATIC.rglob("*"):
        if pad.is_file():
            naam = str(pad.relative_to(STATIC))
            (tmp_path / naam).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / naam).write_bytes(pad.read_bytes())
            paden[naam] = (bron, naam)
    for _naam, _gemaakt, fout in storage.post_process(paden):
        assert not isinstance(fout, Exception), fout
    script = (tmp_path / storage.stored_name("js/portaal.js")).read_text()
    delen = re.findall(r'import\("\./([^"]+)"\)', script)
    assert len(delen) == 3
    assert all(re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", deel) for deel in delen)
    stijl = (tmp_path / storage.stored_name("css/portaal.css")).read_text()
    assert re.search(r"latin-wght-normal\.[0-9a-f]{12}\.woff2", stijl)
