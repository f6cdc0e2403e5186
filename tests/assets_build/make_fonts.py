"""Make `assets/fonts/` from unpacked font packages: one family as it is, one cut down, three merged.

1. Sources: `npm pack @expo-google-fonts/NAME` for each NAME of PACKAGES, each unpacked into a folder NAME/package under
   one folder.
2. SDL's text provider has no font fallback and the fonts of other scripts have Latin of another kind or none: so the
   Latin of Noto Sans is merged in, and its own script is all that is kept of the other.
3. Arabic letters come already joined and in visual order, so of the font's own rules only those stay that set dots and
   marks on letters: joining rules would find a lam before an alef where the reader has an alef before a lam, and draw
   the wrong sign. Those that stay are filed under Latin, as which the line is drawn. A joined letter that is drawn
   whole has no place for marks: it is taken apart into its stroke and its dots, as the joining rules would have done.
4. The reshaper gives presentation forms; the font must have them, and every digit and bracket, or a box would be drawn.
5. A syllable of Gurmukhi is put together by the font, so all of its rules stay.
6. A line is as high as its language's tallest and deepest letters need, not more.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fontTools import merge, subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.scaleUpem import scale_upem  # type: ignore[import-untyped]

PACKAGES: Final = (
    "atkinson-hyperlegible-next",
    "noto-sans",
    "noto-sans-arabic",
    "noto-naskh-arabic",
    "noto-sans-gurmukhi",
)
WEIGHTS: Final = (("400Regular", "Regular"), ("700Bold", "Bold"))
EXTRA_MARKS: Final = (*range(0x2190, 0x2194), 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2212, 0x25CC)
LATIN: Final = frozenset(
    {*range(0x20, 0x250), *range(0x2010, 0x2027), *range(0x1E80, 0x1E86), 0x1EF2, 0x1EF3, *EXTRA_MARKS}
)
VIETNAMESE: Final = frozenset(range(0x1EA0, 0x1EFA))
WRITTEN_APART: Final = frozenset({0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323})
CYRILLIC: Final = frozenset(range(0x400, 0x460))
FORMS: Final = frozenset({*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)})  # joined letters
LEFT_WHOLE: Final = frozenset({0xFEF9, 0xFEFA})  # lam with alef has no place for a hamza below
ARABIC: Final = frozenset(
    {*range(0x600, 0x6DD), 0x6DE, *range(0x6DF, 0x700), 0x200C, 0x200D}
    | {*range(0xFBB2, 0xFBC0), 0xFDF2, 0xFDFC, 0x25CC}
    | FORMS
)
GURMUKHI: Final = frozenset({*range(0xA00, 0xA80), 0x964, 0x965, 0x200C, 0x200D, 0x25CC})
SPACES: Final = frozenset({0x20, 0xA0})
ON_LETTERS: Final = ("ccmp", "mark", "mkmk")
UNITS_PER_EM: Final = 1000
MULTIPLE: Final = 2  # the kind of rule that puts several glyphs in the place of one
MARK: Final = 3  # the class of glyphs that stand on others


@dataclass(frozen=True)
class Family:
    """One merged family: where its script comes from, what is kept of it, and how high its lines are (1/1000 em)."""

    name: str
    package: str
    file: str
    script: frozenset[int]
    features: tuple[str, ...]
    ascent: int
    descent: int
    as_latin: str | None = None  # the script whose rules are filed under Latin


MERGED: Final = (
    Family("KioskArabic", "noto-sans-arabic", "NotoSansArabic", ARABIC, ON_LETTERS, 1080, 463, "arab"),
    Family("KioskNaskh", "noto-naskh-arabic", "NotoNaskhArabic", ARABIC, ON_LETTERS, 990, 450, "arab"),
    Family("KioskGurmukhi", "noto-sans-gurmukhi", "NotoSansGurmukhi", GURMUKHI, ("*",), 950, 350),
)


def _cut(
    path: Path, out: Path, keep: frozenset[int], features: tuple[str, ...], as_latin: str | None = None
) -> set[int]:
    """Write `path` at 1000 units with only `keep` characters and these rules; return the characters it has."""
    options = subset.Options(hinting=False, layout_features=list(features), notdef_outline=True, glyph_names=True)
    font = TTFont(path)
    if as_latin is not None:
        _take_apart(font)
        _file_under_latin(font, as_latin)
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=sorted(keep))
    chooser.subset(font)
    if font["head"].unitsPerEm != UNITS_PER_EM:
        scale_upem(font, UNITS_PER_EM)
    font.save(out)
    return set(font.getBestCmap())


def _file_under_latin(font: TTFont, script: str) -> None:
    """Let the rules of `script` hold for lines that are drawn as Latin, and drop those of all other scripts."""
    for table in ("GSUB", "GPOS"):
        scripts = font[table].table.ScriptList
        scripts.ScriptRecord = [record for record in scripts.ScriptRecord if record.ScriptTag == script]
        scripts.ScriptRecord[0].ScriptTag = "latn"
        scripts.ScriptRecord[0].Script.LangSysRecord = []


def _take_apart(font: TTFont) -> None:
    """Draw every joined letter as its stroke and its dots: the font knows where marks go on those alone."""
    chars, kinds = font.getBestCmap(), font["GDEF"].table.GlyphClassDef.classDefs
    dotted = _dotted(font)
    for point in sorted(chars.keys() & FORMS - LEFT_WHOLE):
        glyph, (form, *letters) = font["glyf"][chars[point]], unicodedata.decomposition(chr(point)).split()
        drawn = [part.glyphName for part in glyph.components] if glyph.isComposite() else []
        strokes = [name for name in drawn if kinds.get(name) != MARK]
        if len(strokes) == len(letters):  # a lam with its alef is two, the alef to the left
            dots = [dotted.get(chars.get(int(letter, 16), ""), [])[1:] for letter in letters]
            if form in {"<initial>", "<medial>"}:  # the bowl that held the dot in its middle is gone
                dots = [[name.replace("center", "below") for name in row] for row in dots]
            apart = [[stroke, *dots_of_it] for stroke, dots_of_it in zip(strokes, dots, strict=True)]
            if len(sequence := [name for one in reversed(apart) for name in one]) > 1:
                dotted[chars[point]] = sequence


def _dotted(font: TTFont) -> dict[str, list[str]]:
    """Return the font's own table of letters that have dots, each as its stroke and its dots."""
    table = font["GSUB"].table
    indices = {
        at
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "ccmp"
        for at in record.Feature.LookupListIndex
    }
    rules = [getattr(rule, "ExtSubTable", rule) for at in indices for rule in table.LookupList.Lookup[at].SubTable]
    found: dict[str, list[str]] = max((rule.mapping for rule in rules if rule.LookupType == MULTIPLE), key=len)
    return found


def _named(font: TTFont, name: str, ascent: int, descent: int) -> None:
    """Give a changed font a name of its own and the height of its lines."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap = ascent, -descent, 0
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = ascent, descent
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16}:
            record.string = name


def merged(family: Family, packages: Path, target: Path) -> None:
    """Merge the Latin of Noto Sans into the letters of another script, in both weights."""
    for weight, ending in WEIGHTS:
        with tempfile.TemporaryDirectory() as scratch:
            base, extra = Path(scratch, "base.ttf"), Path(scratch, "extra.ttf")
            source = packages / family.package / "package" / weight / f"{family.file}_{weight}.ttf"
            has = _cut(source, base, family.script | SPACES, family.features, family.as_latin)
            latin = packages / "noto-sans" / "package" / weight / f"NotoSans_{weight}.ttf"
            _cut(latin, extra, LATIN - has, ("kern",))
            font = merge.Merger().merge([str(base), str(extra)])
            _named(font, f"{family.name} {ending}", family.ascent, family.descent)
            font.save(target / f"{family.name}-{ending}.ttf")


def cut_latin(packages: Path, target: Path) -> None:
    """Noto Sans with Latin, Vietnamese and Cyrillic letters; the tallest is a capital with two marks."""
    for weight, ending in WEIGHTS:
        source = packages / "noto-sans" / "package" / weight / f"NotoSans_{weight}.ttf"
        out = target / f"KioskSans-{ending}.ttf"
        _cut(source, out, LATIN | VIETNAMESE | WRITTEN_APART | CYRILLIC, ("kern", "ccmp", "mark", "mkmk", "locl"))
        font = TTFont(out)
        _named(font, f"Kiosk Sans {ending}", 1069, 293)
        font.save(out)


def main(packages: Path, target: Path) -> None:
    """Write all fonts and licence texts into `target`."""
    for weight, ending in WEIGHTS:
        source = packages / PACKAGES[0] / "package" / weight / f"AtkinsonHyperlegibleNext_{weight}.ttf"
        shutil.copy(source, target / f"AtkinsonHyperlegibleNext-{ending}.ttf")
    cut_latin(packages, target)
    for family in MERGED:
        merged(family, packages, target)
        licence = packages / family.package / "package" / "LICENSE_FONT"
        shutil.copy(licence, target / f"OFL-{family.file}.txt")
    shutil.copy(packages / PACKAGES[0] / "package" / "LICENSE_FONT", target / "OFL-AtkinsonHyperlegibleNext.txt")
    shutil.copy(packages / "noto-sans" / "package" / "LICENSE_FONT", target / "OFL-NotoSans.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
