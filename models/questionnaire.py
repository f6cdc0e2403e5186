"""A questionnaire as a kiosk knows it: frozen, parsed once from canonical JSON.

Rule 1: `read_questionnaire` is the only way in, and accepts only bytes that `canonical_bytes` would write.
Rule 2: a node's number is its place in `nodes`; parents stand before their children.
Rule 3: every words key has words in the default language, where each fallback chain ends: never a blank screen.
Rule 4: which key seals, who may take part and the free-text policy belong to the consultation, never here.
Rule 5: numbers of answers are texts; nothing here is a float.
Source: questionnaires.md section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NewType, cast, get_args

from models.canonical import (
    TAG_PATTERN,
    Fields,
    LanguageTag,
    UnreadableContentError,
    a_list,
    a_text,
    a_whole,
    canonical_json,
    read_canonical_json,
)
from models.contents import (
    Action,
    BlockSpan,
    Direction,
    Language,
    Medium,
    Module,
    ModuleName,
    Piece,
    Purpose,
    Rights,
    ScaleKey,
    Sound,
    Worded,
    Words,
    action_value,
    block_value,
    language_value,
    medium_value,
    module_value,
    one_of,
    read_action,
    read_block,
    read_language,
    read_medium,
    read_module,
    read_rights,
    read_scale,
    read_words,
    rights_value,
    scale_value,
    without_none,
    words_value,
)
from models.errors import UnreadableQuestionnaireError
from models.expressions import syntax
from models.expressions.syntax import Expr, Ref, walk
from models.nodes import (
    CHOICE_LIMIT,
    INSTANCE_LIMIT,
    NODE_LIMIT,
    REPEAT_DEPTH,
    Acknowledge,
    Block,
    Calculate,
    Choice,
    ChoiceKind,
    Grid,
    Group,
    Holds,
    Instance,
    ModuleNode,
    Moment,
    Node,
    NodeNumber,
    Note,
    Number,
    Question,
    Range,
    Rank,
    Repeat,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
    WordsKey,
    a_name,
    a_words_key,
    choice_value,
    node_value,
    read_choice,
    read_node,
)

__all__ = [
    "INSTANCE_LIMIT",
    "TAG_PATTERN",
    "Acknowledge",
    "Action",
    "Block",
    "BlockSpan",
    "Calculate",
    "Choice",
    "ChoiceKind",
    "Direction",
    "Grid",
    "Group",
    "Holds",
    "Instance",
    "Language",
    "LanguageTag",
    "Medium",
    "Module",
    "ModuleName",
    "ModuleNode",
    "Moment",
    "Node",
    "NodeNumber",
    "Note",
    "Number",
    "Path",
    "Piece",
    "Purpose",
    "Question",
    "Questionnaire",
    "Range",
    "Rank",
    "Repeat",
    "Rights",
    "Root",
    "ScaleKey",
    "SelectMultiple",
    "SelectOne",
    "Sound",
    "Text",
    "Worded",
    "Words",
    "WordsKey",
    "canonical_bytes",
    "language",
    "paths",
    "picture",
    "picture_name",
    "read_questionnaire",
    "shows_typed",
    "sound",
    "worded",
]

Path = NewType("Path", str)  # names joined by "/", without the root: "m1/talk"
Order = Literal["fixed", "modules-shuffled"]

FORMAT: Final = 1
LIMIT_BYTES: Final = 2_000_000
LIMIT_DEPTH: Final = 560  # a chain of 512 operators, and what stands around it
LANGUAGE_LIMIT: Final = 30
STOP_LIMIT: Final = 101
EVERY_LANGUAGE: Final = "*"
EXPRESSION_KEYS: Final = (
    "relevant",
    "readonly",
    "required",
    "constraint",
    "calculate",
    "choice_filter",
    "seed",
    "count",
)
_LOOSE: Final = (Calculate,)
_ID: Final = re.compile(r"[a-z][a-z0-9-]{2,63}")
_FILE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """Everything a kiosk needs to ask, in every language. Made by `read_questionnaire` or by authoring."""

    id: str
    version: str
    purpose: Purpose
    title: WordsKey
    default_language: LanguageTag
    order: Order
    rights: Rights
    languages: tuple[Language, ...]
    modules: tuple[Module, ...]
    blocks: tuple[BlockSpan, ...]
    draws: Mapping[str, int]
    nodes: tuple[Node, ...]
    lists: Mapping[str, tuple[Choice, ...]]
    scales: Mapping[str, ScaleKey]
    actions: tuple[Action, ...]
    words: Mapping[LanguageTag, Mapping[WordsKey, Words]]
    sound: Mapping[str, Mapping[WordsKey, str]]  # tag -> key -> file name in `media`
    pictures: Mapping[str, Mapping[WordsKey, str]]  # tag, or "*" for every language
    media: Mapping[str, Medium]
    dictionary: str | None = None  # file name in `media` of the zstd dictionary
    format: int = FORMAT


def read_questionnaire(unverified: bytes) -> Questionnaire:
    """Return what the canonical JSON describes, or raise UnreadableQuestionnaireError; the only way in."""
    try:
        fields = Fields(read_canonical_json(unverified, LIMIT_BYTES, LIMIT_DEPTH), "questionnaire")
        fields.whole("format", FORMAT, FORMAT)
        questionnaire = _read(fields)
        fields.close()
        check_questionnaire(questionnaire)
    except UnreadableContentError as wrong:
        raise UnreadableQuestionnaireError(detail=wrong.detail) from wrong
    if canonical_bytes(questionnaire) != unverified:
        raise UnreadableQuestionnaireError(detail="not as this program would write it")
    return questionnaire


def canonical_bytes(questionnaire: Questionnaire) -> bytes:
    """Return the one spelling of a questionnaire; its SHA-256 is the questionnaire's name."""
    q = questionnaire
    value: dict[str, object] = {
        "format": q.format,
        "id": q.id,
        "version": q.version,
        "purpose": q.purpose.value,
        "title": q.title,
        "default_language": q.default_language,
        "order": q.order,
        "rights": rights_value(q.rights),
        "languages": [language_value(one) for one in q.languages],
        "modules": [module_value(module) for module in q.modules],
        "blocks": [block_value(one) for one in q.blocks],
        "draws": dict(q.draws),
        "nodes": [node_value(node) for node in q.nodes],
        "lists": {name: [choice_value(choice) for choice in choices] for name, choices in q.lists.items()},
        "scales": {name: scale_value(scale) for name, scale in q.scales.items()},
        "actions": [action_value(action) for action in q.actions],
        "words": {tag: {key: words_value(words) for key, words in held.items()} for tag, held in q.words.items()},
        "sound": {tag: dict(held) for tag, held in q.sound.items()},
        "pictures": {tag: dict(held) for tag, held in q.pictures.items()},
        "media": {name: medium_value(medium) for name, medium in q.media.items()},
        "dictionary": q.dictionary,
    }
    return canonical_json(without_none(value))


def _read(fields: Fields) -> Questionnaire:
    return Questionnaire(
        id=fields.text("id", _ID),
        version=fields.text("version"),
        purpose=Purpose(one_of(fields, "purpose", tuple(Purpose))),
        title=a_words_key(fields.take("title"), "title"),
        default_language=LanguageTag(fields.text("default_language", TAG_PATTERN)),
        order=cast("Order", one_of(fields, "order", get_args(Order))),
        rights=read_rights(fields.take("rights")),
        languages=tuple(read_language(value) for value in fields.items("languages", LANGUAGE_LIMIT)),
        modules=tuple(read_module(value) for value in fields.items("modules", NODE_LIMIT)),
        blocks=tuple(read_block(value) for value in fields.items("blocks", NODE_LIMIT)),
        draws={
            a_name(name, "draws"): a_whole(take, "draws", 1, NODE_LIMIT)
            for name, take in fields.entries("draws").items()
        },
        nodes=tuple(
            read_node(value, f"node {number}") for number, value in enumerate(fields.items("nodes", NODE_LIMIT))
        ),
        lists={a_name(name, "lists"): _read_choices(held, name) for name, held in fields.entries("lists").items()},
        scales={a_name(name, "scales"): read_scale(held) for name, held in fields.entries("scales").items()},
        actions=tuple(read_action(value) for value in fields.items("actions")),
        words={
            LanguageTag(a_text(tag, "words", TAG_PATTERN)): {
                a_words_key(key, "words"): read_words(words, f"words of {key}")
                for key, words in _an_object(held).items()
            }
            for tag, held in fields.entries("words").items()
        },
        sound=_read_files(fields, "sound"),
        pictures=_read_files(fields, "pictures"),
        media={a_text(name, "media", _FILE): read_medium(held) for name, held in fields.entries("media").items()},
        dictionary=fields.maybe("dictionary", lambda key: fields.text(key, _FILE)),
    )


def _read_choices(value: object, name: str) -> tuple[Choice, ...]:
    choices = a_list(value, f"list {name}", CHOICE_LIMIT)
    return tuple(read_choice(choice, f"list {name}, choice {place}") for place, choice in enumerate(choices))


def _read_files(fields: Fields, key: str) -> dict[str, dict[WordsKey, str]]:
    return {
        tag: {a_words_key(one, key): a_text(name, key, _FILE) for one, name in _an_object(held).items()}
        for tag, held in fields.entries(key).items()
    }


def _an_object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise UnreadableContentError("words, sounds or pictures of a language are not an object")
    return value


def language(questionnaire: Questionnaire, tag: LanguageTag) -> Language:
    """Return the language with this tag, or the default language where the questionnaire lacks it."""
    known = {one.tag: one for one in questionnaire.languages}
    return known[tag] if tag in known else known[questionnaire.default_language]


def fallbacks(questionnaire: Questionnaire, tag: LanguageTag) -> Iterator[Language]:
    """Yield the language, its chain of fallbacks, and the default language at the end; none twice."""
    seen: set[LanguageTag] = set()
    one: Language | None = language(questionnaire, tag)
    while one is not None and one.tag not in seen:
        seen.add(one.tag)
        yield one
        one = None if one.fallback is None else language(questionnaire, one.fallback)
    if questionnaire.default_language not in seen:
        yield language(questionnaire, questionnaire.default_language)


def worded(questionnaire: Questionnaire, key: WordsKey, tag: LanguageTag) -> tuple[Words, Language]:
    """Return the parts of these words in `tag`, or down its fallback chain, and the language they are really in.

    Never blank, but for a choice that is shown by its picture alone: then no parts, in the default language.
    """
    for one in fallbacks(questionnaire, tag):
        words = questionnaire.words.get(one.tag, {}).get(key, ())
        if any(not isinstance(part, str) or part.strip() for part in words):
            return words, one
    return (), language(questionnaire, questionnaire.default_language)


def sound(questionnaire: Questionnaire, key: WordsKey, tag: LanguageTag) -> Medium | None:
    """Return the recording of these words in exactly this language, if there is one."""
    name = questionnaire.sound.get(tag, {}).get(key)
    return None if name is None else questionnaire.media[name]


def picture(questionnaire: Questionnaire, key: WordsKey, tag: LanguageTag) -> Medium | None:
    """Return the picture beside these words: of the language, down its fallback chain, or the one for all."""
    name = picture_name(questionnaire, key, tag)
    return None if name is None else questionnaire.media[name]


def picture_name(questionnaire: Questionnaire, key: WordsKey, tag: LanguageTag) -> str | None:
    """Return the file name in `media` of the picture beside these words, if there is one."""
    for held in (*(one.tag for one in fallbacks(questionnaire, tag)), EVERY_LANGUAGE):
        name = questionnaire.pictures.get(held, {}).get(key)
        if name is not None:
            return name
    return None


def paths(questionnaire: Questionnaire) -> tuple[Path, ...]:
    """Return the path of every node by its number; the root's is blank."""
    found: list[str] = []
    for node in questionnaire.nodes:
        if isinstance(node, Root):
            found.append("")
        else:
            above = found[node.parent]
            found.append(f"{above}/{node.name}" if above else node.name)
    return tuple(Path(path) for path in found)


def shows_typed(questionnaire: Questionnaire, expr: Expr) -> bool:
    """Return whether what this expression gives may hold words that a person typed; rather yes than no."""
    seen: set[int] = set()
    waiting = [expr]
    while waiting:
        for part in walk(waiting.pop()):
            if isinstance(part, syntax.Here | syntax.Current | syntax.Top | syntax.Path):  # it may look at any node
                return any(isinstance(node, Text) for node in questionnaire.nodes)
            if not isinstance(part, Ref) or part.node in seen:
                continue
            seen.add(part.node)
            node = questionnaire.nodes[part.node]
            if isinstance(node, Text | Group | Root):
                return True
            waiting += [action.to for action in questionnaire.actions if action.target == part.node]
            waiting += [node.calculate] if isinstance(node, Calculate) and node.calculate is not None else []
    return False


def check_questionnaire(questionnaire: Questionnaire) -> None:
    """Raise UnreadableContentError where the parts do not fit together; every reference must lead somewhere."""
    _check_languages(questionnaire)
    _check_tree(questionnaire)
    _check_spans(questionnaire)
    _check_repeats(questionnaire)
    _check_lists(questionnaire)
    _check_references(questionnaire)
    _check_words(questionnaire)
    _check_files(questionnaire)


def _need(fits: object, detail: str) -> None:
    if not fits:
        raise UnreadableContentError(detail)


def _check_languages(q: Questionnaire) -> None:
    tags = {one.tag for one in q.languages}
    _need(len(tags) == len(q.languages), "a language stands twice")
    _need(q.default_language in tags, "the default language is missing")
    _need(all(one.fallback is None or one.fallback in tags for one in q.languages), "a fallback is missing")
    _need(q.words.keys() <= tags and q.sound.keys() <= tags, "words or sound of an unknown language")
    _need(q.pictures.keys() <= tags | {EVERY_LANGUAGE}, "pictures of an unknown language")


def _check_tree(q: Questionnaire) -> None:
    _need(q.nodes and isinstance(q.nodes[0], Root), "the first node is not the root")
    open_groups: list[int] = [0]  # the groups around the node before, outermost first
    for number, node in enumerate(q.nodes[1:], start=1):
        if isinstance(node, Root):
            raise UnreadableContentError("a second root")
        while open_groups and open_groups[-1] != node.parent:
            open_groups.pop()
        _need(open_groups, f"node {number} does not stand in its parent")
        _need(node.parent == 0 or not isinstance(node, ModuleNode), f"node {number} is misplaced")
        if isinstance(node, Group):
            open_groups.append(number)
            deep = sum(isinstance(q.nodes[one], Repeat) for one in open_groups)
            _need(deep <= REPEAT_DEPTH, f"node {number} is a repeat too deep inside others")
    found = paths(q)
    _need(len(set(found)) == len(found), "two nodes have one path")


def _check_spans(q: Questionnaire) -> None:
    end = 0
    module_of: dict[int, Module] = {}
    for module in q.modules:
        _need(end < module.first <= module.last < len(q.nodes), f"module {module.name} is misplaced")
        end = module.last
        module_of |= dict.fromkeys(range(module.first, module.last + 1), module)
    _need(q.modules and len({module.name for module in q.modules}) == len(q.modules), "no modules, or one name twice")
    for number, node in enumerate(q.nodes):
        inside = module_of.get(number)
        _need(inside is not None or isinstance(node, Root | Calculate), f"node {number} stands in no module")
        if isinstance(node, ModuleNode) and inside is not None:
            _need(inside.first == number and inside.name == node.name, f"node {number} is another module")
        elif not isinstance(node, Root) and node.parent in module_of:
            _need(module_of[node.parent] is inside, f"node {number} leaves its module")
    for block in q.blocks:
        _need(block.first <= block.last and block.last in module_of, f"block {block.name} is misplaced")
        _need(module_of.get(block.first) is module_of[block.last], f"block {block.name} leaves its module")
        _need(block.draw is None or block.draw in q.draws, f"block {block.name} has an unknown draw")
    _need(len({block.name for block in q.blocks}) == len(q.blocks), "two blocks have one name")
    for draw, take in q.draws.items():
        _need(take <= sum(block.draw == draw for block in q.blocks), f"draw {draw} takes more than there is")


def _check_repeats(q: Questionnaire) -> None:
    """The first instances of a repeat hold values of nodes inside it, and of no others."""
    around: list[frozenset[int]] = []  # the repeats around each node, itself included
    for number, node in enumerate(q.nodes):
        above = frozenset() if isinstance(node, Root) else around[node.parent]
        around.append(above | {number} if isinstance(node, Repeat) else above)
    for number, node in enumerate(q.nodes):
        if isinstance(node, Repeat):
            for one in node.first or ():
                _check_instance(q, around, around[number], one)


def _check_instance(q: Questionnaire, around: list[frozenset[int]], inside: frozenset[int], one: Instance) -> None:
    for number in one.texts:
        _need(number < len(q.nodes) and around[number] == inside, "an instance holds a node of elsewhere")
        _need(not isinstance(q.nodes[number], Root | Group | Note), "an instance holds a node without a value")
    for number, held in one.inside.items():
        fits = number < len(q.nodes) and isinstance(q.nodes[number], Repeat)
        _need(fits and around[number] == inside | {number}, "an instance holds a repeat of elsewhere")
        for inner in held:
            _check_instance(q, around, inside | {number}, inner)


def _check_lists(q: Questionnaire) -> None:
    for name, choices in q.lists.items():
        _need(choices, f"list {name} is empty")
        _need(len({choice.value for choice in choices}) == len(choices), f"list {name} has one value twice")
    for number, node in enumerate(q.nodes):
        if isinstance(node, SelectOne | SelectMultiple | Rank):
            _need(node.list_name in q.lists, f"node {number} has an unknown list")
        if isinstance(node, SelectOne | SelectMultiple | Rank | Range):
            _need(node.scale is None or node.scale in q.scales, f"node {number} has an unknown scale")
        if isinstance(node, Range):
            start, end, step = Decimal(node.grid.start), Decimal(node.grid.end), Decimal(node.grid.step)
            _need(step > 0 and start <= end and (end - start) / step < STOP_LIMIT, f"node {number} has a bad range")


def _check_references(q: Questionnaire) -> None:
    for expr, what in expressions(q):
        for part in walk(expr):
            _need(not isinstance(part, Ref) or part.node < len(q.nodes), f"{what} names an unknown node")
    for action in q.actions:
        held = [number for number in (action.target, action.of) if number is not None]
        _need(max(held) < len(q.nodes), "an action names an unknown node")
        fixed = Root | Group | Note
        _need(not any(isinstance(q.nodes[number], fixed) for number in held), "an action names a node without a value")


def _check_words(q: Questionnaire) -> None:
    keys = [q.title, *(module.title for module in q.modules), *(scale.title for scale in q.scales.values())]
    for node in q.nodes:
        if isinstance(node, Group):
            keys += [key for key in (node.words,) if key is not None]
        elif not isinstance(node, Root | Calculate):
            keys += [key for key in (node.words, node.hint, node.guidance) if key is not None]
            if not isinstance(node, Note):
                keys += [key for key in (node.required_words, node.constraint_words) if key is not None]
    for key in keys:
        _need(worded(q, key, q.default_language)[0], f"no words for {key}")
    offered = {node.list_name for node in q.nodes if isinstance(node, SelectOne | SelectMultiple | Rank)}
    for name in offered:  # a list that only expressions look into needs no words
        for choice in q.lists[name]:
            shown = worded(q, choice.words, q.default_language)[0] or picture_name(q, choice.words, q.default_language)
            _need(shown, f"no words for {choice.words}")


def _check_files(q: Questionnaire) -> None:
    for held in (*q.sound.values(), *q.pictures.values()):
        for name in held.values():
            _need(name in q.media, f"file {name} is not in the list of files")
    _need(q.dictionary is None or q.dictionary in q.media, "the dictionary is not in the list of files")


def expressions(questionnaire: Questionnaire) -> Iterator[tuple[Expr, str]]:
    """Yield every expression with what it is for: nodes, actions, words."""
    for number, node in enumerate(questionnaire.nodes):
        for attribute in EXPRESSION_KEYS:
            expr = getattr(node, attribute, None)
            if expr is not None:
                yield expr, f"node {number}.{attribute}"
    for action in questionnaire.actions:
        yield action.to, "action"
    for held in questionnaire.words.values():
        for key, words in held.items():
            yield from ((part, f"words of {key}") for part in words if not isinstance(part, str))
