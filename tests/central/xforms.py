"""XForms for tests: only what a test is about is written, the rest is filled in."""

from __future__ import annotations

from datetime import date
from typing import Final

from models.answers import AnswerSheet, begin
from models.questionnaire import Purpose, Questionnaire, canonical_bytes, read_questionnaire
from models.routing import open_route
from sync.central.authoring.author_xform import author_xform

HEAD: Final = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
    ' xmlns:orx="http://openrosa.org/xforms" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><h:head>'
)
TEA: Final = (
    '<instance id="tea"><root>'
    "<item><name>black</name><label>Black tea</label><milk>yes</milk></item>"
    "<item><name>green</name><label>Green tea</label><milk>no</milk></item>"
    "<item><name>mint</name><label>Mint tea</label><milk>no</milk></item>"
    "</root></instance>"
)


def a_form(instance: str, model: str = "", body: str = "", title: str = "Tea") -> str:
    """A form whose primary instance is `<data id="tea-time">` around `instance`."""
    return (
        f"{HEAD}<h:title>{title}</h:title><model><instance>"
        f'<data id="tea-time" version="3">{instance}</data></instance>{model}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )


def bind(path: str, **attributes: str) -> str:
    """A bind of `/data/{path}`; `__` in a name stands for a colon."""
    written = "".join(f' {name.replace("__", ":")}="{value}"' for name, value in attributes.items())
    return f'<bind nodeset="/data/{path}"{written}/>'


def asked(path: str, label: str = "Well?", inside: str = "", kind: str = "input") -> str:
    """A control of `/data/{path}`."""
    return f'<{kind} ref="/data/{path}"><label>{label}</label>{inside}</{kind}>'


def chosen(path: str, nodeset: str = "instance('tea')/root/item", kind: str = "select1") -> str:
    """A select of `/data/{path}` over a list."""
    itemset = f'<itemset nodeset="{nodeset}"><value ref="name"/><label ref="label"/></itemset>'
    return asked(path, inside=itemset, kind=kind)


def repeated(path: str, inside: str, **attributes: str) -> str:
    """A repeat of `/data/{path}` in the group that lends it its words."""
    written = "".join(f' {name.replace("__", ":")}="{value}"' for name, value in attributes.items())
    repeat = f'<repeat nodeset="/data/{path}"{written}>{inside}</repeat>'
    return f'<group ref="/data/{path}"><label>Which?</label>{repeat}</group>'


def taken(xform: str, *, profile: bool = True) -> Questionnaire:
    """The questionnaire that the form becomes, by way of its canonical bytes."""
    questionnaire = author_xform(xform.encode(), Purpose.SURVEY, profile=profile).questionnaire
    return read_questionnaire(canonical_bytes(questionnaire))


def opened(questionnaire: Questionnaire) -> AnswerSheet:
    """An empty sheet of it."""
    return begin(open_route(questionnaire), questionnaire.default_language, date(2026, 11, 22), seed=1)


def sheet_of(xform: str, *, profile: bool = True) -> AnswerSheet:
    """An empty sheet of a form."""
    return opened(taken(xform, profile=profile))


def held(sheet: AnswerSheet) -> dict[str, str]:
    """What every place of the sheet holds, groups left out."""
    cells = sheet.state.layout.cells
    texts = zip(cells, sheet.state.texts, strict=True)
    return {cell.path: text for cell, text in texts if not cell.inside and not cell.series and cell.path}
