"""What a word begins with as its language sounds it, so that pictures can be told apart by ear.

1. Coarse on purpose: letters that a listener may take for one another count as one sound.
2. Where everyday words begin alike and there is no other everyday word, the words stand in `ALIKE`: known, not chosen.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_ITSELF: Final = {
    "en": "ch sh th",
    "cy": "ch dd ff ng ll ph rh th",
    "pl": "ch cz dż dź rz sz",
    "sq": "ç dh gj ll nj rr sh th xh zh",
    "lt": "č dž š ž",
    "vi": "ch đ kh ng nh ph qu th tr",
    "ur": "بھ پھ تھ ٹھ جھ چھ دھ ڈھ کھ گھ",
}
_SOUNDS: Final = {
    "en": {"ce": "s", "ci": "s", "cy": "s", "c": "k", "gi": "j"},
    "ro": {"ce": "č", "ci": "č", "ch": "k", "c": "k", "ge": "j", "gi": "j"},
    "lt": {"ch": "h"},
    "pt": {"ce": "s", "ci": "s", "ch": "x", "c": "k", "qu": "k", "es": "x", "ge": "j", "gi": "j", "h": ""},
    "es": {"ce": "z", "ci": "z", "c": "k", "qu": "k", "v": "b", "ge": "j", "gi": "j", "h": ""},
    "vi": {"c": "k", "d": "z", "gi": "z", "gh": "g", "x": "s"},
    "ur": {"ص": "س", "ع": "ا"},  # noqa: RUF001 - alef is meant
}
_ACCENTS_COUNT: Final = ("pl", "sq", "lt", "vi", "ur", "pa")
ALIKE: Final = {
    "ro": "Floare Frunză, Autobuz Avion, Rachetă Roată, Chitară Căști, Scaun Săpun, Pat Periuță",
    "sq": "Lopë Luan, Autobus Avion, Helikopter Hartë, Kitarë Kufje, Këpucë Kurorë, Karrige Krevat",
    "lt": "Žuvis Žirafa, Raketa Ratas, Suknelė Skėtis, Plaktukas Pieštukas",
    "pt": "Cão Caracol, Banana Bolo, Queijo Cogumelo, Flor Folha, Autocarro Avião, Cachecol Coroa, Casa Cadeira, "
    "Casa Cama, Espelho Escova, Lápis Lupa",
    "vi": "Chuối Chanh, Mặt_trời Mây, Máy_bay Máy_kéo, Bản_đồ Bánh_xe, Ghế Gương, Búa Bút_chì, Kính_viễn_vọng Kính_lúp",
    "es": "Perro Pez, Elefante Erizo, Hoja Ola, Autobús Avión, Vestido Bufanda, Casa Cama, Radio Regalo, Lápiz Lupa",
    "ur": "کیلا کیک, انگور انناس, پتا پہاڑ",
    "pa": "ਕੇਲਾ ਕੇਕ, ਅੰਗੂਰ ਅਨਾਨਾਸ, ਸੂਰਜ ਸਤਰੰਗੀ_ਪੀਂਘ, ਪੱਤਾ ਪਹਾੜ",
}
"""Pairs of names of one page: a space between the two, a comma between pairs, _ for a space in a name."""


def first_sound(name: str, tag: str) -> str:
    """Return the letters that stand for the sound with which a name begins."""
    word = unicodedata.normalize("NFC", name.casefold())
    sounds = {letters: letters for letters in _ITSELF.get(tag, "").split()} | _SOUNDS.get(tag, {})
    start = next((word[:count] for count in (2, 1) if word[:count] in sounds), "")
    if start:
        return sounds[start] or first_sound(word[len(start) :], tag)
    if word[1] == "\u0a3c":  # the dot under a Gurmukhi letter makes another letter of it
        return word[:2]
    return word[0] if tag in _ACCENTS_COUNT else unicodedata.normalize("NFD", word[0])[0]


def begin_alike(names: list[str], tag: str) -> set[tuple[str, str]]:
    """Return the pairs of names that begin with the same sound; of three that do, each with the first."""
    first: dict[str, str] = {}
    return {
        (first[sound], name)
        for name, sound in ((name, first_sound(name, tag)) for name in names)
        if first.setdefault(sound, name) != name
    }


def known_alike(tag: str) -> set[tuple[str, str]]:
    """Return the pairs of names that a language has no everyday words to tell apart by their first sound."""
    pairs = [pair.split() for pair in ALIKE.get(tag, "").split(", ") if pair]
    return {(one.replace("_", " "), other.replace("_", " ")) for one, other in pairs}
