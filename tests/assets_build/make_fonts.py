"""Make `assets/fonts/` from unpacked font packages: Atkinson Hyperlegible Next as it is, and KioskArabic merged.

1. Sources: `npm pack @expo-google-fonts/atkinson-hyperlegible-next @expo-google-fonts/noto-sans-arabic
   @expo-google-fonts/noto-sans`, each unpacked into a folder of its own under one folder.
2. SDL's text provider has no font fallback and Noto Sans Arabic has no Latin: so Latin is merged in.
3. The Arabic letters come already joined and in visual order, so the font's own joining rules are left out: they would
   find a lam before an alef where the reader has an alef before a lam, and draw the wrong sign.
4. The reshaper gives presentation forms; the font must have them, and every digit and bracket, or a box would be drawn.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.scaleUpem import scale_upem  # type: ignore[import-untyped]

LATIN = [
    *range(0x20, 0x250),
    *range(0x1E80, 0x1E86),
    *range(0x1EF2, 0x1EF4),
    *range(0x2010, 0x2027),
    0x20AC,
    0x2190,
    0x2192,
]
UNITS_PER_EM = 1000
ASCENT, DESCENT = 1060, 480  # alef with madda in bold, and final yeh


def _scaled(path: Path, out: Path, keep: list[int] | None, features: list[str]) -> set[int]:
    """Write `path` at 1000 units, with only `keep` characters if given; the characters it has."""
    options = subset.Options(hinting=False, layout_features=features, notdef_outline=True, glyph_names=True)
    font = TTFont(path)
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=sorted(font.getBestCmap()) if keep is None else keep)
    chooser.subset(font)
    if font["head"].unitsPerEm != UNITS_PER_EM:
        scale_upem(font, UNITS_PER_EM)
    font.save(out)
    return set(font.getBestCmap())


def merged(arabic: Path, latin: Path, out: Path, name: str) -> None:
    """Merge Latin into the Arabic font; lines are as high as its tallest and deepest letters need, not more."""
    with tempfile.TemporaryDirectory() as scratch:
        base, extra = Path(scratch, "base.ttf"), Path(scratch, "extra.ttf")
        has = _scaled(arabic, base, None, [])
        _scaled(latin, extra, [point for point in LATIN if point not in has], ["kern"])
        font = merge.Merger().merge([str(base), str(extra)])
        font["hhea"].ascent, font["hhea"].descent = ASCENT, -DESCENT
        font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = ASCENT, -DESCENT
        font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = ASCENT, DESCENT
        for record in font["name"].names:
            if record.nameID in {1, 3, 4, 6, 16}:
                record.string = name
        font.save(out)


def main(packages: Path, target: Path) -> None:
    """Write all fonts and licence texts into `target`."""
    atkinson = next(packages.glob("*atkinson*/package"))
    arabic, latin = next(packages.glob("*noto-sans-arabic*/package")), next(packages.glob("*noto-sans-0*/package"))
    for weight, ending in (("400Regular", "Regular"), ("700Bold", "Bold")):
        shutil.copy(
            atkinson / weight / f"AtkinsonHyperlegibleNext_{weight}.ttf",
            target / f"AtkinsonHyperlegibleNext-{ending}.ttf",
        )
        merged(
            arabic / weight / f"NotoSansArabic_{weight}.ttf",
            latin / weight / f"NotoSans_{weight}.ttf",
            target / f"KioskArabic-{ending}.ttf",
            f"Kiosk Arabic {ending}",
        )
    shutil.copy(atkinson / "LICENSE_FONT", target / "OFL-AtkinsonHyperlegibleNext.txt")
    shutil.copy(arabic / "LICENSE_FONT", target / "OFL-NotoSansArabic.txt")
    shutil.copy(latin / "LICENSE_FONT", target / "OFL-NotoSans.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
