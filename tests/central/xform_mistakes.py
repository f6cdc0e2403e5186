"""XForms with one mistake each, by the refusal that says so and the place that it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.central.xforms import HEAD, TEA, a_form, asked, bind, chosen, repeated

Q: Final = asked("q")
TWO: Final = "<house/><house/>"
NESTED: Final = '<instance id="n"><root><item><name>a</name><in><x>1</x></in></item></root></instance>'
OTHER: Final = '<instance id="o"><root><cat><name>a</name></cat></root></instance>'
EMPTY: Final = '<instance id="e"><root/></instance>'
ITEM: Final = "<item><label>A</label><value>a</value></item>"
MANY: Final = "".join(f"<n{number}/>" for number in range(1_000))
LONG: Final = "".join(f"<item><name>n{number}</name><label>L</label></item>" for number in range(201))
ITEXT: Final = '<itext><translation lang="en"><text id="a"><value>A</value>{}</text></translation>{}</itext>'
DEEP: Final = ("r1", "r1/r2", "r1/r2/r3", "r1/r2/r3/r4")


def setvalue(ref: str, event: str = "odk-instance-first-load", value: str = "1") -> str:
    return f'<setvalue event="{event}" ref="{ref}" value="{value}"/>'


def deep_body() -> str:
    inside = asked("r1/r2/r3/r4/q")
    for path in reversed(DEEP):
        inside = repeated(path, inside)
    return inside


# code/reading -> forms, each with the column of its refusal
CASES: Final[Mapping[str, list[tuple[str, str]]]] = {
    "bad-default": [
        (a_form("<q>x</q>", bind("q", type="int"), Q), "/data/q default"),
        (a_form("<q/><c>x</c>", bind("c", type="date"), Q), "/data/c default"),
        (a_form("<q>rosehip</q>", TEA, chosen("q")), "/data/q default"),
    ],
    "bad-file/xform": [("", ""), ("<a", ""), ("<a/>", ""), (f"{HEAD}</h:head></h:html>", "")],
    "bad-name": [(a_form("<q.é/>", "", ""), "/data/q.é name"), (a_form(f"<{'q' * 65}/>"), f"/data/{'q' * 65} name")],
    "bad-name/choice": [
        (a_form("<q/>", TEA.replace("black<", "<", 1), chosen("q")), "list tea"),
        (a_form("<q/>", TEA.replace("black<", "bl ack<", 1), chosen("q")), "list tea"),
    ],
    "bad-parameter/number": [
        (a_form("<q/>", "", '<range ref="/data/q" start="1" end="x" step="1"/>'), "/data/q range")
    ],
    "bad-parameter/range": [(a_form("<q/>", "", '<range ref="/data/q" start="1" end="2" step="0"/>'), "/data/q range")],
    "bad-parameter/stops": [
        (a_form("<q/>", "", '<range ref="/data/q" start="1" end="200" step="1"/>'), "/data/q range")
    ],
    "cycle": [
        (
            a_form("<a/><b/><q/>", bind("a", calculate="/data/b") + bind("b", relevant="/data/a = 1"), Q),
            "/data/a calculate",
        ),
        (a_form("<g><a/></g><q/>", bind("g", relevant="/data/g/a = 1"), Q), "/data/g relevant"),
    ],
    "empty-list": [(a_form("<q/>", EMPTY, chosen("q", "instance('e')/root/item")), "list e")],
    "missing-file/xform": [
        (
            a_form(
                "<q/>",
                ITEXT.format('<value form="image">jr://images/a.png</value>', ""),
                '<input ref="/data/q"><label ref="jr:itext(\'a\')"/></input>',
            ),
            "/data/q label",
        )
    ],
    "no-words": [
        (
            a_form(
                "<q/>",
                ITEXT.format("", '<translation lang="cy" default="true()"/>'),
                '<input ref="/data/q"><label ref="jr:itext(\'a\')"/></input>',
            ),
            "/data/q label",
        )
    ],
    "no-words/xform": [(a_form("<q/>", "", '<input ref="/data/q"/>'), "/data/q label")],
    "not-a-list/attribute": [
        (a_form('<q at="1"/>', bind("q", calculate="/data/q/@at"), Q), "/data/q calculate"),
        (a_form('<q at="1"/>', setvalue("/data/q/@at"), Q), "/data setvalue"),
        (a_form('<q at="1"/>', '<bind nodeset="/data/q/@at" type="int"/>', Q), "/data/q/@at bind"),
    ],
    "not-a-list/column": [
        (
            a_form(
                "<q/>",
                TEA,
                asked(
                    "q",
                    inside='<itemset nodeset="instance(\'tea\')/root/item"><value ref="../name"/></itemset>',
                    kind="select1",
                ),
            ),
            "/data/q choice_filter",
        )
    ],
    "not-a-list/group": [
        (a_form("<g><q/></g>", setvalue("/data/g"), asked("g/q")), "/data/g action"),
        (a_form("<g><q/></g>", bind("g", calculate="1"), asked("g/q")), "/data/g bind"),
        (a_form("<q/>", '<bind nodeset="/data" relevant="1"/>', Q), "/data bind"),
    ],
    "not-a-list/instance": [(a_form("<q/>", bind("q", calculate="instance(/data/q)/root"), Q), "/data/q calculate")],
    "not-a-list/list": [
        (a_form("<q/>", NESTED + bind("q", calculate="instance('n')/root/item/name"), Q), "/data/q calculate"),
        (a_form("<q/>", OTHER + bind("q", calculate="instance('o')/root/cat"), Q), "/data/q calculate"),
        (a_form("<q/>", OTHER, chosen("q", "instance('o')/root/cat")), "/data/q choice_filter"),
        (a_form("<q/>", NESTED, chosen("q", "instance('n')/root/item")), "/data/q choice_filter"),
    ],
    "not-a-list/places": [
        (a_form("<q/>", TEA, chosen("q", "instance('tea')/root/item[milk = 'no'][1]")), "/data/q choice_filter")
    ],
    "not-a-list/repeat": [
        (
            a_form(
                "<q/><house><a/></house>",
                "",
                asked("q", inside=setvalue("/data/house/a", "xforms-value-changed"))
                + repeated("house", asked("house/a")),
            ),
            "/data/house/a action",
        ),
        (
            a_form(
                "<q/><house><a/></house>",
                setvalue("/data/house/a", "odk-new-repeat"),
                Q + repeated("house", asked("house/a")),
            ),
            "/data/house/a action",
        ),
    ],
    "not-a-list/target": [
        (
            a_form(
                "<q/><house><a/></house>",
                setvalue("/data/house[1]/a"),
                Q + repeated("house", asked("house/a")),
            ),
            "/data setvalue",
        ),
        (a_form("<q/>", "", '<input ref="/data/*"><label>Q</label></input>'), "/data input"),
    ],
    "not-here/axis": [
        (a_form("<q/>", bind("q", calculate="//q"), Q), "/data/q calculate"),
        (a_form("<q/>", bind("q", relevant="following::a = 1"), Q), "/data/q relevant"),
    ],
    "not-here/bypass": [(a_form("<q/>", '<submission action="https://a.example"/>', Q), "/ submission")],
    "not-here/device": [
        (a_form("<q/>", bind("q", type="binary"), '<upload ref="/data/q" mediatype="image/*"/>'), "/data/q type"),
        (a_form("<q/>", bind("q", type="barcode"), Q), "/data/q type"),
    ],
    "not-here/lists": [
        (a_form("<q/>", '<instance id="x" src="jr://file/x.xml"/>', Q), "/ instance x"),
        (a_form("<q/>", bind("q", calculate="pulldata('a', 'b', 'c', 'd')"), Q), "/data/q calculate"),
        (a_form("<q/>", "", '<input ref="/data/q" query="x"><label>Q</label></input>'), "/data/q type"),
    ],
    "not-here/when": [
        (a_form("<q/>", bind("q", calculate="now()"), Q), "/data/q calculate"),
        (a_form("<q/><s/>", bind("s", jr__preload="timestamp", jr__preloadParams="start"), Q), "/data/s type"),
    ],
    "not-here/where": [
        (a_form("<q/>", bind("q", type="geopoint"), Q), "/data/q type"),
        (a_form("<q/>", '<odk:setgeopoint event="odk-instance-first-load" ref="/data/q"/>', Q), "/data setgeopoint"),
    ],
    "not-here/who": [
        (a_form("<q/>", bind("q", calculate="digest(/data/q, 'MD5')"), Q), "/data/q calculate"),
        (a_form("<q/><d/>", bind("d", jr__preload="property", jr__preloadParams="deviceid"), Q), "/data/d type"),
    ],
    "not-one-of": [
        (a_form("<q/>", setvalue("/data/q", "at-midnight"), Q), "/data/q action"),
        (a_form("<q/>", setvalue("/data/q", ""), Q), "/data/q action"),
        (a_form("<q/>", setvalue("/data/q", "xforms-value-changed"), Q), "/data/q action"),
    ],
    "syntax/expression": [
        (a_form("<q/>", bind("q", relevant="1 = = 1"), Q), "/data/q relevant"),
        (a_form("<q/>", "", asked("q", label='See <output value="1 +"/>')), "/data/q label"),
    ],
    "too-costly/xform": [(f"{HEAD}{'<a>' * 101}", ""), (a_form("<q/>").replace("<q/>", "<q/>" * 200_001), "")],
    "too-long/cell": [(a_form(f"<q>{'x' * 1_001}</q>", "", Q), "/data/q default")],
    "too-long/instances": [(a_form("<h><a/></h>" * 51, "", repeated("h", asked("h/a"))), "/data/h")],
    "too-long/list": [
        (
            a_form("<q/>", f'<instance id="l"><root>{LONG}</root></instance>', chosen("q", "instance('l')/root/item")),
            "list l",
        )
    ],
    "too-long/nodes": [(a_form(f"<q/>{MANY}", "", Q), "/data/n998")],
    "twice/control": [(a_form("<q/>", "", Q + Q), "/data/q input")],
    "twice/item": [(a_form("<q/>", TEA.replace("green<", "black<", 1), chosen("q")), "list tea")],
    "twice/list": [(a_form("<q/>", TEA + TEA, chosen("q")), "/ instance tea")],
    "twice/node": [(a_form(f"<q/>{TWO}", "", Q), "/data/house")],
    "twice/translation": [(a_form("<q/>", ITEXT.format("", '<translation lang="en"/>'), Q), "/ itext")],
    "too-long/module": [
        (a_form("<q/>", "", asked("q", label=" ".join(["tea"] * 400))), "/data/q"),
    ],
    "unreachable": [(a_form("<q/><p/>", bind("q", relevant="false()"), Q + asked("p")), "/data/q relevant")],
    "unbalanced/control": [
        (a_form("<q/>", "", '<input ref="/data"><label>Q</label></input>' + Q), "/data type"),
        (a_form("<g><q/></g>", "", asked("g") + asked("g/q")), "/data/g type"),
    ],
    "unbalanced/deep": [
        (a_form("<r1><r2><r3><r4><q/></r4></r3></r2></r1>", "", deep_body()), "/data/r1/r2/r3/r4 type")
    ],
    "unbalanced/nothing": [(a_form(""), "/ model"), (a_form("<meta><instanceID/></meta>"), "/ model")],
    "unbalanced/place": [
        (a_form("<q/>", "", f'<repeat nodeset="/data">{Q}</repeat>'), "/data repeat"),
        (a_form("<p/><q/>", "", Q + asked("p")), "/data/p body"),
        (
            a_form("<g><p/></g><q/>", "", f'<group ref="/data/g"><label>G</label>{asked("g/p")}{Q}</group>'),
            "/data/q body",
        ),
    ],
    "unknown-appearance": [
        (
            a_form("<q/>", "", '<input ref="/data/q" appearance="sparkling"><label>Q</label></input>'),
            "/data/q appearance",
        )
    ],
    "unknown-function/expression": [(a_form("<q/>", bind("q", calculate="sparkle()"), Q), "/data/q calculate")],
    "unknown-list/both": [
        (
            a_form(
                "<q/>",
                TEA,
                asked("q", inside=f"{ITEM}<itemset nodeset=\"instance('tea')/root/item\"/>", kind="select1"),
            ),
            "/data/q type",
        )
    ],
    "unknown-list/none": [(a_form("<q/>", "", asked("q", kind="select1")), "/data/q type")],
    "unknown-list/own": [
        (
            a_form(
                "<house><name/><label/></house><q/>",
                "",
                repeated("house", asked("house/name") + asked("house/label")) + chosen("q", "../house"),
            ),
            "/data/q choice_filter",
        )
    ],
    "unknown-list/xform": [
        (a_form("<q/>", TEA, chosen("q", "instance('coffee')/root/item")), "/data/q choice_filter"),
        (a_form("<q/>", TEA + bind("q", calculate="instance('tee')/root/item"), Q), "/data/q calculate"),
    ],
    "unknown-name/path": [
        (a_form("<q/>", bind("q", relevant="/data/qq = 1"), Q), "/data/q relevant"),
        (a_form("<q/>", bind("q", relevant="../../../q = 1"), Q), "/data/q relevant"),
        (a_form("<q/>", bind("q", relevant="${q} = 1"), Q), "/data/q relevant"),
        (a_form("<q/>", bind("qq", relevant="1"), Q), "/data/qq"),
        (a_form("<q/>", "", asked("qq")), "/data/qq"),
        (a_form("<q/>", "", "<input><label>Q</label></input>"), "/data input"),
        (a_form("<q/>", setvalue("/data/qq"), Q), "/data/qq action"),
        (a_form("<q/>", bind("q", calculate="jr:choice-name('a', '../qq')"), Q), "/data/q calculate"),
        (a_form("<q/>", "", asked("q", label='See <output value="../qq"/>')), "/data/q label"),
        (a_form("<q/>", TEA, chosen("q", "instance('tea')/root/item[sugar = 1]")), "/data/q choice_filter"),
    ],
    "unknown-type": [
        (a_form("<q/>", "", '<secret ref="/data/q"/>'), "/data body"),
        (a_form("<q/>", "<x/>", Q), "/ model"),
    ],
}
# Sentences that only an XForm can earn; a workbook is refused on its cells before.
ONLY_AN_XFORM: Final = frozenset(
    code
    for code in CASES
    if code.startswith(("not-a-list/", "unbalanced/control", "unbalanced/deep", "unbalanced/place", "twice/"))
    or code.endswith("/xform")
    or code in {"not-here/axis", "unknown-list/both", "unknown-list/none", "unknown-list/own"}
)
