"""Whatever is done to an XForm: it is taken and reads back the same, or is refused in words; nothing else happens."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.questionnaire import Purpose, canonical_bytes, read_questionnaire
from models.routing import open_route
from sync.central.authoring.author_xform import author_xform
from sync.central.authoring.refusal import SENTENCES, WorkbookRefusedError
from tests.central.xforms import TEA, a_form, asked, bind, chosen, repeated

CODES = frozenset(code.partition("/")[0] for code in SENTENCES)
ITEXT = (
    '<itext><translation lang="English (en)" default="true()"><text id="a"><value>Tea for <output value="/data/g/b"/>'
    '</value><value form="guidance">Hot</value></text></translation>'
    '<translation lang="Cymraeg"><text id="a"><value>Te</value></text></translation></itext>'
)
INSTANCE = (
    "<a>1</a><g><b/><c/></g><rep jr:template=''><d>x</d><in><e/></in></rep><rep><d/><in><e/></in></rep><n>2</n>"
    "<cnt><h/></cnt><sum/><rk/><day/><meta><instanceID/></meta>"
)
MODEL = (
    ITEXT
    + TEA
    + bind("a", type="int", constraint=". &lt; 9", jr__constraintMsg="jr:itext('a')")
    + bind("g/b", relevant="/data/a > 0", required="true()")
    + bind("rep/d", calculate="concat('a', position(..))")
    + bind("rep/in/e", relevant="count(/data/rep) > 0 and /data/rep/d != 'z'")
    + bind("sum", type="decimal", calculate="count(../rep) + indexed-repeat(/data/rep/in/e, /data/rep, 1)")
    + bind("day", jr__preload="date", jr__preloadParams="today")
    + '<setvalue event="odk-instance-first-load" ref="/data/g/c"'
    " value=\"concat(/data/a, instance('tea')/root/item[1]/name)\"/>"
)
BODY = (
    '<input ref="/data/a"><label ref="jr:itext(\'a\')"/><hint>Well</hint>'
    '<setvalue event="xforms-value-changed" ref="/data/g/c">b</setvalue></input>'
    f'<group ref="/data/g"><label>G</label>{asked("g/b")}'
    + chosen("g/c", "randomize(instance('tea')/root/item[milk = /data/g/b], 4)")
    + "</group>"
    + repeated("rep", asked("rep/d") + repeated("rep/in", asked("rep/in/e")))
    + '<range ref="/data/n" start="1" end="5" step="1"><label>N</label></range>'
    + repeated("cnt", asked("cnt/h"), jr__count="/data/n")
    + asked("rk", inside="<item><label>A</label><value>a</value></item>", kind="select")
)
WHOLE = a_form(INSTANCE, MODEL, BODY)
TAGS = [match.span() for match in re.finditer(r"<[^>]*>", WHOLE)]
VALUES = [match.span(1) for match in re.finditer(r'[\w:]+="([^"]*)"', WHOLE)]
PIECES = st.sampled_from([
    "", "true()", "false()", "/data", "/data/a", "/data/rep", "/data/rep/in/e", "..", ".", "../..", "//a", "@a", "a",
    "/data/a[1]", "current()/../a", "instance('tea')/root/item", "instance('no')/root", "jr:itext('a')", "1 div 0",
    "jr:itext(/data/a)", "randomize(/data/rep)", "count(/data/rep)", "position(..)", "(((((", "'", "int", "geopoint",
    "binary", "odk-new-repeat", "xforms-value-changed odk-instance-load", "1e400", "-1", "9" * 21, "${a}", "\u202e",
    "\u00e9", "e\u0301", "indexed-repeat(/data/rep/d, /data/rep, 1, /data/rep/in, 2)", "tea", "x" * 300, "&amp;",
    "jr:choice-name('a', '/data/g/c')", "\ud7ff",
])  # fmt: skip
TAGGED = st.sampled_from([
    "", "<a/>", "<rep><d/></rep>", "</g>", "<g>", "<itext/>", "<instance id='x'><root/></instance>", "<group/>",
    "<repeat nodeset='/data/g'/>", "<input ref='/data/rep'/>", "<select1 ref='/data/a'><item/></select1>", "<bind/>",
    "<bind nodeset='/data/rep' relevant='/data/sum'/>", "<setvalue/>", "<label><output/></label>", "<?x?>", "<root/>",
    "<!-- x -->", "<![CDATA[x]]>", "text", "<meta><a/></meta>",
])  # fmt: skip
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("value"), st.integers(0, len(VALUES) - 1), PIECES),
        st.tuples(st.just("tag"), st.integers(0, len(TAGS) - 1), TAGGED),
        st.tuples(st.just("copy"), st.integers(0, len(TAGS) - 1), st.integers(0, len(TAGS) - 1)),
    ),
    min_size=1,
    max_size=4,
)


def taken_or_refused(unverified: bytes, *, profile: bool) -> None:
    """Take the form or refuse it; a questionnaire must be one that a kiosk opens."""
    try:
        questionnaire = author_xform(unverified, Purpose.SURVEY, profile=profile).questionnaire
    except WorkbookRefusedError as error:
        refusals = error.refusals
    else:
        assert read_questionnaire(canonical_bytes(questionnaire)) == questionnaire
        open_route(questionnaire)
        return
    assert refusals
    assert {refusal.code for refusal in refusals} <= CODES
    assert all(refusal.sentence for refusal in refusals)


def mutilated(edits: list[tuple[str, int, str | int]]) -> str:
    """Change values and tags of the whole form, the last first, so that places stay where they are."""
    spans = []
    for kind, place, new in edits:
        start, end = VALUES[place] if kind == "value" else TAGS[place]
        piece = WHOLE[slice(*TAGS[new])] if isinstance(new, int) else new
        spans.append((start, end, piece))
    xform, last = WHOLE, len(WHOLE)
    for start, end, piece in sorted(spans, reverse=True):
        if end <= last:
            xform, last = xform[:start] + piece + xform[end:], start
    return xform


def test_the_form_that_is_mutilated_is_good() -> None:
    assert len(author_xform(WHOLE.encode(), Purpose.SURVEY, profile=False).questionnaire.nodes) == 15


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS, profile=st.booleans())
def test_a_mutilated_form_is_taken_or_refused_and_nothing_else(
    edits: list[tuple[str, int, str | int]], *, profile: bool
) -> None:
    taken_or_refused(mutilated(edits).encode("utf-8", "surrogatepass"), profile=profile)


@settings(max_examples=100, deadline=None)
@given(expression=st.text(st.sampled_from("./@*[]()'$|=<> +-,:andorte1"), max_size=30), place=st.integers(0, 5))
def test_any_expression_is_taken_or_refused_and_nothing_else(expression: str, place: int) -> None:
    escaped = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    part = ("relevant", "calculate", "constraint", "readonly", "required", "nodeset")[place]
    xform = WHOLE.replace("</model>", f'<bind nodeset="/data/rep/in/e" {part}="{escaped}"/></model>')
    taken_or_refused(xform.encode(), profile=False)


@pytest.mark.parametrize("seed", range(40))
def test_a_form_with_bytes_changed_or_cut_off_is_taken_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    unverified = bytearray(WHOLE.encode())
    for _ in range(chance.randint(1, 4)):
        unverified[chance.randrange(len(unverified))] = chance.randrange(256)
    taken_or_refused(bytes(unverified[: chance.choice((None, chance.randrange(len(unverified))))]), profile=False)
