"""QR codes as SVG of our own: without style attributes, so that the content security policy lets them pass."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

# The standard asks for four modules of white around the code (ISO/IEC 18004).
_RAND = 4


@lru_cache(maxsize=256)
def qr_svg(adres: str, titel: str) -> SafeString:
    """Return the code of an address as inline SVG with ``titel`` as its name for a screen reader."""
    # Only at use: it brings Pillow along, and takes 4 MB of every web worker.
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(adres)
    code.make(fit=True)
    rijen = code.get_matrix()
    zijde = len(rijen) + 2 * _RAND
    pad = "".join(
        f"M{begin + _RAND} {y + _RAND}h{lengte}v1h-{lengte}z"
        for y, rij in enumerate(rijen)
        for begin, lengte in _stukken(rij)
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}" shape-rendering="crispEdges">'
        '<rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="{}"/></svg>',
        zijde,
        zijde,
        titel,
        pad,
    )


def _stukken(rij: list[bool]) -> list[tuple[int, int]]:
    """The dark stretches of a row as (begin, length): one rectangle each instead of one for every module."""
    stukken: list[tuple[int, int]] = []
    for x, donker in enumerate(rij):
        if not donker:
            continue
        if stukken and sum(stukken[-1]) == x:
            stukken[-1] = (stukken[-1][0], stukken[-1][1] + 1)
        else:
            stukken.append((x, 1))
    return stukken
