"""What is spoken, and under which name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import UnreadableContentError
from models.clips import (
    Clip,
    ClipKey,
    clip_key,
    clip_keys,
    file_name,
    named,
    number_keys,
    pack,
    read_pack,
    sentences,
    voice_of,
)

SOUND = b"OggS\x00 and the rest"
keys = st.binary(min_size=16, max_size=16).map(lambda key: ClipKey(key.hex()))
clips = st.dictionaries(
    keys, st.builds(Clip, st.binary(max_size=40).map(lambda b: b"OggS" + b), st.integers(1, 120_000))
)


def test_the_name_of_a_clip_never_changes() -> None:
    """Recordings of human voices are filed under these names: another spelling would lose them all."""
    assert clip_key("en", "Thank you") == "56e11dc0944ace1235f6b1dee04c998d"
    assert clip_key("cy", "Diolch") == "3e85cb6a3e4f7caf6dc383e97eedc23b"


def test_language_and_words_make_the_name() -> None:
    assert len({clip_key(tag, words) for tag in ("en", "cy", "so") for words in ("No", "No.")}) == 6


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Are you there? Yes. No!", ("Are you there?", "Yes.", "No!")),
        ("About 3.5 hours, at 10.30", ("About 3.5 hours, at 10.30",)),
        ("هل أنت هنا؟ نعم.", ("هل أنت هنا؟", "نعم.")),
        ("آپ یہاں ہیں\u06d4 شکریہ", ("آپ یہاں ہیں\u06d4", "شکریہ")),
        ("ਤੁਸੀਂ ਇੱਥੇ ਹੋ। ਧੰਨਵਾਦ", ("ਤੁਸੀਂ ਇੱਥੇ ਹੋ।", "ਧੰਨਵਾਦ")),
        ("She said “Stop.” Then left", ("She said “Stop.”", "Then left")),
        ("One\nTwo \u2068three\u2069", ("One", "Two three")),
        ("  spaced \t out  ", ("spaced out",)),
        ("cafe\u0301", ("café",)),
        (" … , ( ) ", ()),
        ("", ()),
    ],
)
def test_a_text_is_spoken_sentence_by_sentence(text: str, spoken: tuple[str, ...]) -> None:
    assert sentences(text) == spoken


@given(st.lists(st.sampled_from(["Go on.", "Is it?", "هل؟", "No!", "ہاں\u06d4"]), max_size=6))
def test_texts_put_together_are_spoken_by_the_clips_of_their_parts(parts: list[str]) -> None:
    assert clip_keys("en", " ".join(parts)) == tuple(key for part in parts for key in clip_keys("en", part))


def test_a_language_of_a_country_has_the_voice_of_the_language() -> None:
    assert (voice_of("en-GB"), voice_of("pt-BR"), voice_of("xx"), voice_of("so")) == ("en-gb", "pt-br", None, None)


@given(clips)
def test_a_pack_is_read_back_as_it_was(held: dict[ClipKey, Clip]) -> None:
    assert read_pack(pack(held)) == held


@given(clips.filter(len), st.data())
def test_a_pack_that_is_cut_or_stretched_is_refused(held: dict[ClipKey, Clip], data: st.DataObject) -> None:
    whole = pack(held)
    with pytest.raises(UnreadableContentError):
        read_pack(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(UnreadableContentError):
        read_pack(whole + b"x")


def test_a_pack_has_one_spelling() -> None:
    two = pack({ClipKey("aa" * 16): Clip(SOUND, 5), ClipKey("bb" * 16): Clip(SOUND, 6)})
    rows = [two[12:36], two[36:60]]
    with pytest.raises(UnreadableContentError):
        read_pack(two[:12] + rows[1] + rows[0] + two[60:])
    with pytest.raises(UnreadableContentError):
        read_pack(two[:12] + rows[0] + rows[0] + two[60:])


@pytest.mark.parametrize("clip", [Clip(b"RIFF", 5), Clip(SOUND, 0), Clip(SOUND, 120_001), Clip(b"OggS" * 300_000, 5)])
def test_what_is_no_clip_is_refused(clip: Clip) -> None:
    with pytest.raises(UnreadableContentError):
        read_pack(pack({ClipKey("aa" * 16): clip}))


def test_a_pack_never_claims_more_clips_than_it_may_hold() -> None:
    with pytest.raises(UnreadableContentError):
        read_pack(b"WVCLIPS1" + (5_001).to_bytes(4, "big") + bytes(24 * 5_001))


def test_a_file_on_the_shelf_says_what_it_is_and_how_long() -> None:
    key = clip_key("en", "No")
    assert named(file_name(key, 730)) == (key, 730)
    assert named("ab" * 32 + ".png") is None


def test_a_number_of_hundreds_is_spoken_as_its_hundreds_and_the_rest() -> None:
    assert number_keys("en", 7) == (clip_key("en", "7"),)
    assert number_keys("en", 100) == (clip_key("en", "100"),)
    assert number_keys("en", 143) == (clip_key("en", "100"), clip_key("en", "43"))
    assert number_keys("en", 2027) == (clip_key("en", "2027"),)
