"""Draw `assets/icons/96` and `assets/icons/192` from the table `assets/icons/icons.toml`.

1. Sources: `npm pack @phosphor-icons/core openmoji`, each unpacked into a folder of its own under one folder; our own
   pictures lie in `own/` beside this script.
2. One-colour pictures (Phosphor, and ours with `currentColor`) become white, so that a screen can tint them.
3. A picture that mirrors is written twice, the second time turned round as `<name>-rtl`.
4. A picture whose row says at its end that it was turned round is turned in every language.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
from pathlib import Path

import cairosvg  # type: ignore[import-untyped]
from PIL import Image, ImageOps

SIZES = (96, 192)
OWN = Path(__file__).with_name("own")


def source(row: dict[str, str], packages: Path) -> Path:
    """The SVG a row of the table names."""
    name = row["source"]
    if row["set"] == "Wing Voice":
        return OWN / name
    if row["set"] == "Phosphor":
        return next(packages.glob("phosphor*/package")) / "assets" / "bold" / f"{name}-bold.svg"
    return next(packages.glob("openmoji*/package")) / "color" / "svg" / f"{name.split()[0]}.svg"


def _tight(svg: str, row: dict[str, str]) -> str:
    """OpenMoji leaves a wide margin in its 72 units; ours is two units, so that pictures fill their place."""
    return re.sub(r'viewBox="0 0 72 72"', 'viewBox="2 2 68 68"', svg) if row["set"] == "OpenMoji" else svg


def draw(name: str, row: dict[str, str], packages: Path, target: Path) -> None:
    """Write one picture at every size."""
    svg = _tight(source(row, packages).read_text(encoding="utf-8"), row).replace("currentColor", "#ffffff")
    for size in SIZES:
        large = cairosvg.svg2png(bytestring=svg.encode(), output_width=size * 2, output_height=size * 2)
        picture = Image.open(io.BytesIO(large)).convert("RGBA").resize((size, size), Image.Resampling.LANCZOS)
        if row["changed"].endswith("turned round"):
            picture = ImageOps.mirror(picture)
        folder = target / str(size)
        folder.mkdir(exist_ok=True)
        picture.save(folder / f"{name}.png", optimize=True)
        if row["mirrors"]:
            ImageOps.mirror(picture).save(folder / f"{name}-rtl.png", optimize=True)


def main(packages: Path, target: Path) -> None:
    """Draw every row of the table."""
    for name, row in tomllib.loads((target / "icons.toml").read_text(encoding="utf-8")).items():
        if "same_as" not in row:
            draw(name, row, packages, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
