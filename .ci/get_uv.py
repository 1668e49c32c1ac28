"""Print the path of uv; fetch it into .tools/ when the machine has none. Needs Python 3.11 and nothing else."""

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

TOOLS = Path(__file__).resolve().parent.parent / ".tools"
VERSION = "0.13.9"
INDEX = "https://pypi.org/simple/uv/"


def by_pip() -> bool:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--target", str(TOOLS), f"uv=={VERSION}"], capture_output=True, check=False)
    return done.returncode == 0 and (TOOLS / "bin" / "uv").exists()


def wheel_tag() -> str:
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "darwin":
        return "macosx_11_0_arm64" if machine == "aarch64" else "macosx_10_12_x86_64"
    return f"manylinux_2_17_{machine}"


def by_download() -> bool:
    """For a Python without pip, as Debian's: take the wheel itself and check its hash."""
    try:
        with urllib.request.urlopen(INDEX, timeout=60) as answer:
            page = answer.read().decode()
        links = re.findall(rf'href="([^"#]*/uv-{re.escape(VERSION)}-[^"#]*\.whl)#sha256=([0-9a-f]{{64}})"', page)
        address, digest = next(link for link in links if wheel_tag() in link[0])
        with urllib.request.urlopen(urljoin(INDEX, address), timeout=300) as answer:
            content = answer.read()
    except (OSError, StopIteration):
        return False
    if hashlib.sha256(content).hexdigest() != digest:
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/scripts/uv"))
        (TOOLS / "bin").mkdir(parents=True, exist_ok=True)
        fresh = TOOLS / "bin" / f"uv-{os.getpid()}"
        fresh.write_bytes(archive.read(name))
    fresh.chmod(0o755)
    fresh.rename(TOOLS / "bin" / "uv")
    return True


def main() -> None:
    own = TOOLS / "bin" / "uv"
    found = os.environ.get("UV") or shutil.which("uv")
    if found:
        print(found)
    elif own.exists() or by_pip() or by_download():
        print(own)
    else:
        sys.exit("uv could not be fetched: install it (https://docs.astral.sh/uv/) and run this again.")


if __name__ == "__main__":
    main()
