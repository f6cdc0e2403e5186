"""From an XForm without a workbook to a questionnaire, and what a sheet then makes of it."""

from __future__ import annotations

import pytest

from models.answers import AnswerSheet
from models.errors import AnswerError
from models.expressions.syntax import Call, Ref, TextLiteral
from models.questionnaire import (
    Acknowledge,
    Action,
    Block,
    Calculate,
    Grid,
    Instance,
    ModuleNode,
    Moment,
    Note,
    Number,
    Purpose,
    Range,
    Rank,
    Repeat,
    SelectMultiple,
    SelectOne,
    Text,
    canonical_bytes,
)
from models.questionnaire import Path as At
from sync.central.authoring.author_xform import author_xform
from tests.central.xforms import TEA, a_form, asked, bind, chosen, held, opened, repeated, sheet_of, taken

KINDS = [
    ("string", "input", Text, ""),
    ("", "input", Text, ""),
    ("color", "input", Text, ""),
    ("int", "input", Number, "integer"),
    ("xsd:integer", "input", Number, "integer"),
    ("decimal", "input", Number, "decimal"),
    ("date", "input", Moment, "date"),
    ("time", "input", Moment, "time"),
    ("xsd:dateTime", "input", Moment, "dateTime"),
    ("string", "trigger", Acknowledge, ""),
]
HOUSE = "<house jr:template=''><number/><name/></house>"
COUNTED = "<n>2</n><house jr:template=''><who>new</who></house><house><who>first</who></house>"


def series(sheet: AnswerSheet, path: str) -> list[str]:
    return [*sheet.instances(At(path))]


@pytest.mark.parametrize(("data_type", "control", "made", "kind"), KINDS)
def test_the_bind_and_the_control_say_what_a_question_is(data_type: str, control: str, made: type, kind: str) -> None:
    node = taken(a_form("<q/>", bind("q", type=data_type), asked("q", kind=control))).nodes[1]
    assert isinstance(node, made)
    assert getattr(node, "kind", "") == kind


def test_a_node_that_nobody_is_asked_holds_what_its_type_says() -> None:
    model = bind("a", type="int", calculate="7 div 2") + bind("b", type="string", calculate="7 div 2")
    sheet = sheet_of(a_form("<a/><b/><c>kept</c><q/>", model, asked("q")))
    node = sheet.questionnaire.nodes[1]
    assert isinstance(node, Calculate)
    assert node.holds == "integer"
    assert held(sheet) == {"a": "3", "b": "3.5", "c": "kept", "q": ""}


def test_the_bookkeeping_of_other_engines_is_left_out_with_its_functions() -> None:
    instance = "<q/><orx:meta><orx:instanceID/><orx:audit/></orx:meta>"
    model = '<bind nodeset="/data/orx:meta/orx:instanceID" calculate="uuid()" jr:preload="uid"/>' + bind(
        "q", type="int"
    )
    assert [node.name for node in taken(a_form(instance, model, asked("q"))).nodes] == ["data", "q"]


def test_groups_at_the_top_are_modules_and_those_inside_blocks() -> None:
    instance = "<g><a/><h><b/></h></g><k><c/></k>"
    inner = f'<group ref="/data/g/h">{asked("g/h/b")}</group>'
    body = f'<group ref="/data/g"><label>One</label>{asked("g/a")}{inner}</group>'
    body += f'<group ref="/data/k"><label>Two</label>{asked("k/c")}</group>'
    questionnaire = taken(a_form(instance, "", body))
    assert [(one.name, one.first, one.last) for one in questionnaire.modules] == [("g", 1, 4), ("k", 5, 6)]
    assert [(one.name, one.first, one.last) for one in questionnaire.blocks] == [("h", 3, 4)]
    assert [type(node) for node in questionnaire.nodes[1:4]] == [ModuleNode, Text, Block]
    assert questionnaire.words[questionnaire.default_language][questionnaire.modules[1].title] == ("Two",)


def test_a_form_whose_top_is_not_all_groups_is_one_module_with_its_own_title() -> None:
    body = asked("q") + f'<group ref="/data/g"><label>One</label>{asked("g/a")}</group>'
    questionnaire = taken(a_form("<q/><g><a/></g>", "", body, title="About tea"))
    assert [(one.first, one.last) for one in questionnaire.modules] == [(1, 3)]
    assert questionnaire.words[questionnaire.default_language][questionnaire.modules[0].title] == ("About tea",)
    assert isinstance(questionnaire.nodes[2], Block)
    assert [stop.path for stop in opened(questionnaire).stops(questionnaire.modules[0].name)] == ["q", "g/a"]


def test_two_blocks_of_one_name_are_told_apart() -> None:
    groups = [
        f'<group ref="/data/{top}"><label>X</label><group ref="/data/{top}/in">{asked(f"{top}/in/q")}</group></group>'
        for top in "ab"
    ]
    questionnaire = taken(a_form("<a><in><q/></in></a><b><in><q/></in></b>", "", "".join(groups)))
    assert [one.name for one in questionnaire.blocks] == ["in", "b.in"]


def test_a_read_only_input_is_a_note_unless_it_holds_something() -> None:
    model = (
        bind("a", readonly="true()") + bind("b", readonly="true()", calculate="1 + 1") + bind("c", readonly="true()")
    )
    model += bind("d", readonly="true()") + '<setvalue event="odk-instance-first-load" ref="/data/d" value="4"/>'
    sheet = sheet_of(a_form("<a/><b/><c>x</c><d/>", model, "".join(asked(name) for name in "abcd")))
    assert [type(node) for node in sheet.questionnaire.nodes[1:]] == [Note, Text, Text, Text]
    assert held(sheet) == {"a": "", "b": "2", "c": "x", "d": "4"}
    assert sheet.readonly(At("c"))


def test_a_range_has_its_shortest_grid() -> None:
    control = '<range ref="/data/q" start="-2.0" end="2.0" step="0.50"><label>Q</label></range>'
    node = taken(a_form("<q/>", bind("q", type="decimal"), control)).nodes[1]
    assert isinstance(node, Range)
    assert node.grid == Grid("-2", "2", "0.5")


def test_lists_are_offered_filtered_and_shuffled() -> None:
    filtered = chosen("b", "instance('tea')/root/item[milk = /data/a][name != 'x']", "select")
    body = asked("a") + filtered + chosen("c", "randomize(instance('tea')/root/item, 42)", "odk:rank")
    sheet = sheet_of(a_form("<a/><b/><c/>", TEA, body)).accept(At("a"), "no")
    nodes = sheet.questionnaire.nodes
    assert [type(node) for node in nodes[2:]] == [SelectMultiple, Rank]
    assert [choice.value for choice in sheet.offered(At("b"))] == ["green", "mint"]
    assert {choice.value for choice in sheet.offered(At("c"))} == {"black", "green", "mint"}
    assert isinstance(nodes[3], Rank)
    assert nodes[3].randomize
    assert held(sheet.accept(At("c"), ("mint", "black")))["c"] == "mint black"


def test_only_columns_that_an_expression_looks_for_are_kept() -> None:
    body = chosen("a") + chosen("b", "instance('tea')/root/item[milk = 'no']")
    questionnaire = taken(a_form("<a/><b/>", TEA, body))
    assert [choice.columns for choice in questionnaire.lists["tea"]] == [{"milk": one} for one in ("yes", "no", "no")]
    assert taken(a_form("<a/>", TEA, chosen("a"))).lists["tea"][0].columns == {}


def test_choices_may_stand_in_the_question_and_have_any_columns_in_a_list() -> None:
    items = "<item><label>Yes</label><value>y</value></item><item><label>No</label><value>n</value></item>"
    other = '<instance id="l"><root><item><code>1</code><told>One</told></item></root></instance>'
    itemset = '<itemset nodeset="instance(\'l\')/root/item"><value ref="code"/><label ref="told"/></itemset>'
    body = asked("a", inside=items, kind="select1") + asked("b", inside=itemset, kind="select1")
    sheet = sheet_of(a_form("<a/><b/>", other, body))
    offered = [[(one.value, sheet.words(one.words).text) for one in sheet.offered(At(path))] for path in ("a", "b")]
    assert offered == [[("y", "Yes"), ("n", "No")], [("1", "One")]]


def test_a_list_that_only_expressions_use_needs_no_words_and_one_that_nothing_uses_is_dropped() -> None:
    lists = TEA.replace("label>", "told>") + TEA.replace('"tea"', '"coffee"')
    model = lists + bind("a", calculate="instance('tea')/root/item[name = /data/q]/milk")
    sheet = sheet_of(a_form("<a/><q/>", model, asked("q"))).accept(At("q"), "green")
    assert held(sheet)["a"] == "no"
    assert list(sheet.questionnaire.lists) == ["tea"]


def test_items_of_a_silent_list_may_share_their_name() -> None:
    silent = '<instance id="l"><root><item><v>a</v><w>1</w></item><item><v>a</v><w>2</w></item></root></instance>'
    model = silent + bind("a", calculate="instance('l')/root/item[v = 'a'][w = '2']/w")
    assert held(sheet_of(a_form("<a/><q/>", model, asked("q"))))["a"] == "2"


def test_the_model_s_instances_stand_at_the_start_and_new_ones_begin_as_the_template() -> None:
    instance = "<house jr:template=''><who>new</who></house><house><who>one</who></house><house/>"
    sheet = sheet_of(a_form(instance, "", repeated("house", asked("house/who"))))
    assert isinstance(sheet.questionnaire.nodes[1], Repeat)
    assert sheet.questionnaire.nodes[1].first == (Instance({2: "one"}), Instance({2: ""}))
    assert held(sheet.add_instance(At("house"))) == {
        "house[1]/who": "one",
        "house[2]/who": "",
        "house[3]/who": "new",
    }


def test_without_a_template_a_new_instance_begins_blank() -> None:
    sheet = sheet_of(a_form("<house><who>one</who></house>", "", repeated("house", asked("house/who"))))
    assert held(sheet.add_instance(At("house"))) == {"house[1]/who": "one", "house[2]/who": ""}


def test_with_a_template_alone_there_is_no_instance_at_the_start() -> None:
    body = repeated("house", asked("house/number") + asked("house/name"))
    assert series(sheet_of(a_form(HOUSE, "", body)), "house") == []


def test_a_repeat_inside_a_repeat_brings_its_own_instances() -> None:
    inner = "<in><v>{}</v></in>"
    outer = f"<out>{inner.format(1)}{inner.format(2)}</out><out>{inner.format(3)}</out>"
    body = repeated("out", repeated("out/in", asked("out/in/v")))
    sheet = sheet_of(a_form(outer, "", body))
    assert held(sheet) == {"out[1]/in[1]/v": "1", "out[1]/in[2]/v": "2", "out[2]/in[1]/v": "3"}
    assert series(sheet.add_instance(At("out")), "out[3]/in") == ["out[3]/in[1]", "out[3]/in[2]"]


def test_a_count_takes_first_instances_then_the_pattern() -> None:
    body = asked("n") + repeated("house", asked("house/who"), jr__count="/data/n")
    sheet = sheet_of(a_form(COUNTED, bind("n", type="int"), body))
    assert held(sheet) == {"n": "2", "house[1]/who": "first", "house[2]/who": "new"}
    assert series(sheet.accept(At("n"), "3"), "house")[2:] == ["house[3]"]
    assert not sheet.may_add(At("house"))


def test_a_repeat_may_be_closed_to_people_without_a_count() -> None:
    body = repeated("house", asked("house/who"), jr__noAddRemove="true()")
    sheet = sheet_of(a_form("<house><who>a</who></house><house><who>b</who></house>", "", body))
    assert series(sheet, "house") == ["house[1]", "house[2]"]
    assert not sheet.may_add(At("house"))


def test_the_group_around_a_repeat_lends_it_its_words() -> None:
    questionnaire = taken(a_form(HOUSE, "", repeated("house", asked("house/number") + asked("house/name"))))
    node = questionnaire.nodes[1]
    assert isinstance(node, Repeat)
    assert node.words is not None
    assert questionnaire.words[questionnaire.default_language][node.words] == ("Which?",)


def test_actions_run_at_the_start_in_new_instances_and_on_change() -> None:
    both = '<setvalue event="odk-instance-first-load odk-new-repeat" ref="/data/house/who" value="position(..)"/>'
    changed = '<setvalue event="xforms-value-changed" ref="/data/copy" value="concat(/data/q, \'!\')"/>'
    cleared = '<setvalue event="xforms-value-changed" ref="/data/kept"/>'
    body = asked("q", inside=changed + cleared) + repeated("house", both + asked("house/who"))
    started = '<setvalue event="odk-instance-load" ref="/data/kept">as it was</setvalue>'
    sheet = sheet_of(a_form("<q/><copy/><kept/><house><who/></house>", started, body)).add_instance(At("house"))
    assert held(sheet) == {"q": "", "copy": "", "kept": "as it was", "house[1]/who": "1", "house[2]/who": "2"}
    assert {**held(sheet.accept(At("q"), "a")), "house[1]/who": "", "house[2]/who": ""} == {
        "q": "a",
        "copy": "a!",
        "kept": "",
        "house[1]/who": "",
        "house[2]/who": "",
    }


def test_an_action_may_name_its_target_by_the_id_of_a_bind() -> None:
    model = '<bind nodeset="/data/q" id="that"/><setvalue event="odk-instance-first-load" bind="that">x</setvalue>'
    questionnaire = taken(a_form("<q/>", model, asked("q")))
    assert questionnaire.actions == (Action("start", None, questionnaire.modules[0].first, TextLiteral("x"), 1),)


def test_the_day_may_be_preloaded() -> None:
    model = bind("day", type="date", jr__preload="date", jr__preloadParams="today")
    assert held(sheet_of(a_form("<day/><q/>", model, asked("q"))))["day"] == "2026-11-22"
    assert held(sheet_of(a_form("<day/>", model, asked("day"))))["day"] == "2026-11-22"


def test_rules_that_are_always_false_are_not_kept() -> None:
    model = bind("q", required="false()", readonly="false()", relevant="true()")
    node = taken(a_form("<q/>", model, asked("q"))).nodes[1]
    assert isinstance(node, Text)
    assert (node.required, node.readonly, node.relevant) == (None, None, None)


def test_a_constraint_speaks_in_the_form_s_own_words() -> None:
    model = bind("q", type="int", constraint=". > /data/least", jr__constraintMsg="Not below it.")
    sheet = sheet_of(a_form("<least>3</least><q/>", model, asked("q")))
    with pytest.raises(AnswerError) as caught:
        sheet.accept(At("q"), "2")
    assert (caught.value.reason, caught.value.words) == ("constraint", "Not below it.")


def test_several_binds_of_one_node_are_one() -> None:
    model = bind("q", type="int") + bind("q", required="true()")
    node = taken(a_form("<q/>", model, asked("q"))).nodes[1]
    assert isinstance(node, Number)
    assert node.required == Call("true", ())


def test_controls_may_name_their_nodes_from_where_they_stand() -> None:
    instance = "<g><a/></g><house><who/></house>"
    group = '<group ref="/data/g"><input ref="a"><label>A</label></input></group>'
    repeat = '<repeat nodeset="/data/house"><input ref="current()/who"><label>Who</label></input></repeat>'
    sheet = sheet_of(a_form(instance, "", group + repeat))
    assert [stop.path for stop in sheet.stops(sheet.questionnaire.modules[0].name)] == ["g/a", "house[1]/who", "house"]


def test_what_identifies_a_form_is_made_to_fit() -> None:
    xform = a_form("<q/>", "", asked("q")).replace('id="tea-time"', 'id="Tea_Time 2"')
    questionnaire = author_xform(xform.encode(), Purpose.SIGN_UP).questionnaire
    assert (questionnaire.id, questionnaire.version, questionnaire.purpose) == ("tea-time-2", "3", Purpose.SIGN_UP)
    nameless = taken(xform.replace('id="Tea_Time 2"', ""))
    assert nameless.id == "form"


def test_the_same_form_gives_the_same_bytes() -> None:
    xform = a_form("<a/><b/>", TEA, chosen("a") + chosen("b", "instance('tea')/root/item[milk = 'no']"))
    assert canonical_bytes(taken(xform)) == canonical_bytes(taken(xform))


def test_text_that_is_not_composed_is_composed_on_the_way() -> None:
    apart = "e\u0301"
    model = bind("b", calculate=f"concat('{apart}', 'x')")
    sheet = sheet_of(a_form(f"<a>{apart}</a><b/>", model, asked("a", label=apart)))
    assert held(sheet) == {"a": "\u00e9", "b": "\u00e9x"}


def test_a_select_one_over_a_number_keeps_its_list() -> None:
    node = taken(a_form("<a/>", TEA + bind("a", type="int"), chosen("a"))).nodes[1]
    assert isinstance(node, SelectOne)
    assert node.choice_filter is None


def test_a_seed_may_be_another_answer() -> None:
    node = taken(
        a_form("<s/><a/>", TEA, asked("s") + chosen("a", "randomize(instance('tea')/root/item, /data/s)"))
    ).nodes[2]
    assert isinstance(node, SelectOne)
    assert node.seed == Ref(1)
