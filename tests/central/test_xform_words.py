"""The words of an XForm without a workbook: languages, texts, outputs, and what is never blank."""

from __future__ import annotations

import pytest

from models.answers import AnswerSheet
from models.errors import AnswerError
from models.questionnaire import LanguageTag, Note, Purpose, Questionnaire, WordsKey
from models.questionnaire import Path as At
from sync.central.authoring.author_xform import author_xform
from tests.central.xforms import TEA, a_form, asked, bind, held, opened, repeated, sheet_of, taken


def itext(*translations: tuple[str, str, str]) -> str:
    """Translations: name, further attributes, texts."""
    inside = "".join(f'<translation lang="{lang}" {more}>{texts}</translation>' for lang, more, texts in translations)
    return f"<itext>{inside}</itext>"


def text(name: str, *values: str) -> str:
    """A text with its forms, as written."""
    return f'<text id="{name}">{"".join(values)}</text>'


def told(words: str, form: str = "") -> str:
    """One form of a text."""
    return f'<value form="{form}">{words}</value>' if form else f"<value>{words}</value>"


def spoken(path: str, name: str) -> str:
    """A control whose label is a text by its id."""
    return f'<input ref="/data/{path}"><label ref="jr:itext(\'{name}\')"/></input>'


def label(sheet: AnswerSheet, path: str, tag: str = "") -> str:
    """What stands above a question, in a language."""
    if tag:
        sheet = sheet.in_language(LanguageTag(tag))
    words = sheet.question(At(path)).words
    assert words is not None
    return sheet.words(words, At(path)).text


def tags(questionnaire: Questionnaire) -> list[tuple[str, str, str]]:
    return [(one.tag, one.name, one.direction) for one in questionnaire.languages]


def test_languages_keep_their_names_and_get_a_code() -> None:
    names = ("English (en)", "default", "Français", "cy", "العربية (ar)", "en")
    model = itext(*((name, "", text("a", told(name))) for name in names))
    assert tags(taken(a_form("<q/>", model, spoken("q", "a")))) == [
        ("en", "English (en)", "ltr"),
        ("qaa", "default", "ltr"),
        ("qab", "Français", "ltr"),
        ("cy", "cy", "ltr"),
        ("ar", "العربية (ar)", "rtl"),
        ("qac", "en", "ltr"),
    ]


def test_a_form_without_translations_has_one_language() -> None:
    assert tags(taken(a_form("<q/>", "", asked("q")))) == [("qaa", "default", "ltr")]


def test_the_marked_translation_is_the_default_else_the_first() -> None:
    first = itext(("cy", "", text("a", told("Te"))), ("en", "", text("a", told("Tea"))))
    assert taken(a_form("<q/>", first, spoken("q", "a"))).default_language == "cy"
    marked = first.replace('lang="en"', 'lang="en" default="true()"')
    sheet = sheet_of(a_form("<q/>", marked, spoken("q", "a")))
    assert sheet.questionnaire.default_language == "en"
    assert (label(sheet, "q"), label(sheet, "q", "cy")) == ("Tea", "Te")


def test_plain_words_come_first_then_long_then_short() -> None:
    every = [told("Plain"), told("Long", "long"), told("Short", "short")]
    texts = "".join(text(f"a{number}", *every[number:]) for number in range(3))
    body = "".join(spoken(f"q{number}", f"a{number}") for number in range(3))
    sheet = sheet_of(a_form("<q0/><q1/><q2/>", itext(("en", "", texts)), body))
    assert [label(sheet, f"q{number}") for number in range(3)] == ["Plain", "Long", "Short"]


def test_guidance_is_a_form_of_the_hint() -> None:
    texts = text("a", told("Tea")) + text("h", told("Hot"), told("Very hot", "guidance"))
    control = spoken("q", "a").replace("</input>", "<hint ref=\"jr:itext('h')\"/></input>")
    questionnaire = taken(a_form("<q/>", itext(("en", "", texts)), control))
    node = questionnaire.nodes[1]
    words = questionnaire.words[LanguageTag("en")]
    assert [words[key] for key in (node.words, node.hint, node.guidance)] == [("Tea",), ("Hot",), ("Very hot",)]  # type: ignore[union-attr, index]


def test_words_may_show_answers_wherever_they_stand() -> None:
    texts = text("a", told('Hello <output value=" ../name "/>, sit down')) + text(
        "m", told('No, <output value="/data/name"/>')
    )
    model = itext(("en", "", texts)) + bind("q", constraint=". = 'yes'", jr__constraintMsg="jr:itext('m')")
    sheet = sheet_of(a_form("<name>Ada</name><q/>", model, spoken("q", "a")))
    assert label(sheet, "q") == "Hello Ada, sit down"
    with pytest.raises(AnswerError) as caught:
        sheet.accept(At("q"), "no")
    assert caught.value.words == "No, Ada"


def test_one_text_means_its_own_node_wherever_it_is_used() -> None:
    texts = text("a", told('You said <output value="../name"/>'))
    body = repeated("r", asked("r/name") + spoken("r/q", "a"))
    sheet = sheet_of(
        a_form("<r><name>x</name><q/></r><r><name>y</name><q/></r>", itext(("en", "", texts)), body), profile=False
    )
    assert [label(sheet, f"r[{place}]/q") for place in (1, 2)] == ["You said x", "You said y"]


def test_white_space_is_cut_off_at_the_ends_and_a_no_break_space_stays() -> None:
    spaced = '\n  Full name: <output value="../a"/>\u00a0<output value="../b"/> <output value="../a"/>\u00a0\n'
    sheet = sheet_of(a_form("<a>Bobby</a><b>Tables</b><q/>", "", asked("q", label=spaced)))
    assert label(sheet, "q") == "Full name: Bobby\u00a0Tables Bobby\u00a0"


def test_markup_inside_words_gives_its_text() -> None:
    sheet = sheet_of(a_form("<a>x</a><q/>", "", asked("q", label="One <h:b>two <output value='../a'/></h:b> three")))
    assert label(sheet, "q") == "One two x three"


def test_the_id_of_a_text_may_be_put_together() -> None:
    model = itext(("en", "", text("a:m", told("No.")) + text("a", told("Tea"))))
    model += bind("q", required="true()", jr__requiredMsg="jr:itext(concat('a', ':m'))")
    questionnaire = taken(a_form("<q/>", model, spoken("q", "a")))
    key = questionnaire.nodes[1].required_words  # type: ignore[union-attr]
    assert questionnaire.words[LanguageTag("en")][key] == ("No.",)


def test_a_label_may_be_the_value_of_a_node() -> None:
    control = '<input ref="/data/q"><label ref="../said"/></input>'
    assert label(sheet_of(a_form("<said>As told</said><q/>", "", control)), "q") == "As told"


def test_expressions_look_texts_up_by_id() -> None:
    list_of_ids = TEA.replace("<label>Black tea</label>", "<told>black tea</told>")
    model = itext(
        ("en", "", text("plain", told("Plain")) + text("black", told("Black tea"))),
        ("cy", "", text("black", told("Te du"))),
    )
    model += list_of_ids + bind("a", calculate="jr:itext(instance('tea')/root/item[name = 'black']/name)")
    sheet = sheet_of(a_form("<a/><q/>", model, asked("q")))
    assert held(sheet)["a"] == "Black tea"
    assert held(sheet.in_language(LanguageTag("cy")))["a"] == "Te du"
    assert WordsKey("plain") in sheet.questionnaire.words[LanguageTag("en")]


def test_only_texts_that_expressions_look_up_stand_under_their_id() -> None:
    model = itext(("en", "", text("a", told("Tea")) + text("b", told("Bread")))) + bind("c", calculate="jr:itext('b')")
    questionnaire = taken(a_form("<c/><q/>", model, spoken("q", "a")))
    assert sorted(questionnaire.words[LanguageTag("en")]) == ["b", "f:title", "t:q"]


def test_choices_speak_every_language_and_show_their_value_where_they_have_no_words() -> None:
    model = itext(("en", "", text("t0", told("Black"))), ("cy", "", text("t0", told("Du"))))
    items = "<item><itextId>t0</itextId><name>black</name></item><item><itextId>t9</itextId><name>green</name></item>"
    model += f'<instance id="tea"><root>{items}</root></instance>'
    itemset = (
        '<itemset nodeset="instance(\'tea\')/root/item"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset>'
    )
    sheet = sheet_of(a_form("<q/>", model, asked("q", inside=itemset, kind="select1")))
    words = [choice.words for choice in sheet.offered(At("q"))]
    assert [sheet.words(key).text for key in words] == ["Black", "green"]
    assert [sheet.in_language(LanguageTag("cy")).words(key).text for key in words] == ["Du", "green"]


def test_the_default_language_borrows_words_where_nobody_is_held_to_the_profile() -> None:
    model = itext(("en", "", ""), ("cy", "", text("a", told("Te"))))
    sheet = sheet_of(a_form("<q/>", model, spoken("q", "a")), profile=False)
    assert label(sheet, "q") == "Te"


def test_a_sound_without_a_file_is_remarked_on_where_nobody_is_held_to_the_profile() -> None:
    model = itext(("en", "", text("a", told("Tea"), told("jr://audio/a.mp3", "audio"))))
    authored = author_xform(a_form("<q/>", model, spoken("q", "a")).encode(), Purpose.SURVEY, profile=False)
    assert [(one.code, one.facts["name"]) for one in authored.notices] == [("missing-file", "jr://audio/a.mp3")]


def test_two_nodes_of_one_name_keep_their_own_words() -> None:
    body = "".join(
        f'<group ref="/data/{top}"><label>{top}</label>{asked(f"{top}/q", label=f"In {top}")}</group>' for top in "ab"
    )
    questionnaire = taken(a_form("<a><q/></a><b><q/></b>", "", body))
    assert questionnaire.words[questionnaire.default_language].keys() >= {"t:a/q", "t:b/q"}
    assert label(opened(questionnaire), "b/q") == "In b"


def test_a_note_s_words_may_show_a_result() -> None:
    model = bind("n", readonly="true()") + bind("sum", calculate="1 + 1")
    sheet = sheet_of(a_form("<sum/><n/>", model, asked("n", label='It is <output value="/data/sum"/>.')))
    assert isinstance(sheet.question(At("n")), Note)
    assert label(sheet, "n") == "It is 2."
