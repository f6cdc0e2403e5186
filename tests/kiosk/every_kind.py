# ruff: noqa: E501 - a table of words, a language a column
"""A questionnaire with a question of every kind and look, in four languages, for pictures and for real touches.

1. The words are examples of real length; nobody ever answered them, and no native speaker has read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from models.expressions.parse import parse
from models.expressions.syntax import Operation, Ref, TextLiteral
from models.questionnaire import (
    Acknowledge,
    Block,
    Choice,
    Grid,
    Language,
    LanguageTag,
    Medium,
    Module,
    ModuleName,
    ModuleNode,
    Moment,
    Node,
    NodeNumber,
    Note,
    Number,
    Purpose,
    Questionnaire,
    Range,
    Rank,
    Repeat,
    Rights,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
    WordsKey,
)

EN, CY, PL, AR = (LanguageTag(tag) for tag in ("en", "cy", "pl", "ar"))
WORDS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "title": ("Every kind of question", "Pob math o gwestiwn", "Każdy rodzaj pytania", "كل أنواع الأسئلة"),
    "m1": ("Choosing", "Dewis", "Wybór", "الاختيار"),
    "m2": ("Numbers and days", "Rhifau a dyddiau", "Liczby i dni", "الأرقام والأيام"),
    "m3": ("Who comes", "Pwy sy'n dod", "Kto przychodzi", "من يأتي"),
    "welcome": (
        "This asks about life on your wing.",
        "Mae hwn yn holi am fywyd ar eich adain.",
        "To pytania o życie na oddziale.",
        "هذه أسئلة عن الحياة في جناحك.",
    ),
    "talk": ("Do you agree? Officers here speak politely.", "Ydych chi'n cytuno? Mae swyddogion yma yn siarad yn gwrtais.", "Czy się zgadzasz? Funkcjonariusze mówią tu grzecznie.", "هل توافق؟ يتحدث الضباط هنا بأدب."),
    "talk:more": (
        "Think of the last two weeks, and of all officers on your wing. If some do and some do not, choose Not sure.",
        "Meddyliwch am y pythefnos diwethaf, ac am bob swyddog ar eich adain. Os yw rhai yn gwneud ac eraill ddim, dewiswch Ddim yn siŵr.",
        "Pomyśl o ostatnich dwóch tygodniach i o wszystkich funkcjonariuszach na oddziale. Jeśli jedni tak, a inni nie, wybierz Nie wiem.",
        "فكّر في الأسبوعين الماضيين وفي كل الضباط في جناحك. إن كان بعضهم كذلك وبعضهم لا، فاختر: لست متأكدًا.",
    ),
    "fast": ("Did you eat this morning?", "Wnaethoch chi fwyta y bore yma?", "Czy jadłeś dziś rano?", "هل أكلت هذا الصباح؟"),
    "topics": ("What should change first?", "Beth ddylai newid yn gyntaf?", "Co powinno się zmienić najpierw?", "ما الذي ينبغي أن يتغير أولًا؟"),
    "grid": ("Which of these do you use most?", "Pa un o'r rhain ydych chi'n ei ddefnyddio fwyaf?", "Z czego korzystasz najczęściej?", "أي من هذه تستخدمه أكثر؟"),
    "cards": ("Touch the picture that fits.", "Cyffyrddwch â'r llun sy'n addas.", "Dotknij obrazka, który pasuje.", "المس الصورة المناسبة."),
    "order": (
        "Put these in order: what matters most to you comes first.",
        "Rhowch y rhain yn eu trefn: yr hyn sydd bwysicaf i chi yn gyntaf.",
        "Ułóż je w kolejności: najpierw to, co najważniejsze.",
        "رتّب هذه: الأهم لك يأتي أولًا.",
    ),
    "ready": ("The next part is about numbers.", "Mae'r rhan nesaf am rifau.", "Następna część jest o liczbach.", "الجزء التالي عن الأرقام."),
    "safe": ("How safe do you feel here, from 0 to 10?", "Pa mor ddiogel ydych chi'n teimlo yma, o 0 i 10?", "Jak bezpiecznie się tu czujesz, od 0 do 10?", "ما مدى شعورك بالأمان هنا، من 0 إلى 10؟"),
    "clean": ("How clean is the wing?", "Pa mor lân yw'r adain?", "Jak czysto jest na oddziale?", "ما مدى نظافة الجناح؟"),
    "share": ("What share of your day is spent in your cell?", "Pa gyfran o'ch diwrnod sy'n cael ei threulio yn eich cell?", "Jaką część dnia spędzasz w celi?", "كم من يومك تقضيه في زنزانتك؟"),
    "quiet": ("How quiet are the nights?", "Pa mor dawel yw'r nosweithiau?", "Jak cicho jest w nocy?", "ما مدى هدوء الليالي؟"),
    "warm": ("How warm should it be, in degrees?", "Pa mor gynnes ddylai hi fod, mewn graddau?", "Jak ciepło powinno być, w stopniach?", "كم درجة ينبغي أن تكون الحرارة؟"),
    "hours": ("How many hours were you out of your cell yesterday?", "Am faint o oriau y buoch chi allan o'ch cell ddoe?", "Ile godzin wczoraj spędziłeś poza celą?", "كم ساعة قضيت خارج زنزانتك أمس؟"),
    "phone": ("Which number should we call?", "Pa rif ddylem ni ei ffonio?", "Na jaki numer mamy zadzwonić?", "أي رقم نتصل به؟"),
    "since": ("Since when have you been on this wing?", "Ers pryd ydych chi ar yr adain hon?", "Od kiedy jesteś na tym oddziale?", "منذ متى وأنت في هذا الجناح؟"),
    "month": ("In which month does your course begin?", "Ym mha fis mae'ch cwrs yn dechrau?", "W którym miesiącu zaczyna się twój kurs?", "في أي شهر تبدأ دورتك؟"),
    "born": ("In which year were you born?", "Ym mha flwyddyn cawsoch chi eich geni?", "W którym roku się urodziłeś?", "في أي سنة ولدت؟"),
    "time": ("At what time is your visit?", "Am faint o'r gloch mae'ch ymweliad?", "O której jest twoja wizyta?", "في أي ساعة زيارتك؟"),
    "both": ("When did it happen?", "Pryd ddigwyddodd hyn?", "Kiedy to się stało?", "متى حدث ذلك؟"),
    "words": ("What would help? You may write it here.", "Beth fyddai'n helpu? Cewch ei ysgrifennu yma.", "Co by pomogło? Możesz to tu napisać.", "ما الذي قد يساعد؟ يمكنك كتابته هنا."),
    "place": ("You are on this wing:", "Rydych chi ar yr adain hon:", "Jesteś na tym oddziale:", "أنت في هذا الجناح:"),
    "visitors": ("Who visits you?", "Pwy sy'n ymweld â chi?", "Kto cię odwiedza?", "من يزورك؟"),
    "who": ("Who is it?", "Pwy ydyw?", "Kto to jest?", "من هو؟"),
    "often": ("How many times a month does this person come?", "Sawl gwaith y mis mae'r person hwn yn dod?", "Ile razy w miesiącu przychodzi ta osoba?", "كم مرة في الشهر يأتي هذا الشخص؟"),
    "topics:hint": ("You may choose several.", "Cewch ddewis sawl un.", "Możesz wybrać kilka.", "يمكنك اختيار عدة أجوبة."),
    "c:1": ("Strongly disagree", "Anghytuno'n gryf", "Zdecydowanie nie", "لا أوافق بشدة"),
    "c:2": ("Disagree", "Anghytuno", "Raczej nie", "لا أوافق"),
    "c:3": ("Not sure", "Ddim yn siŵr", "Nie wiem", "لست متأكدًا"),
    "c:4": ("Agree", "Cytuno", "Raczej tak", "أوافق"),
    "c:5": ("Strongly agree", "Cytuno'n gryf", "Zdecydowanie tak", "أوافق بشدة"),
    "c:na": ("I would rather not say", "Gwell gen i beidio â dweud", "Wolę nie mówić", "أفضّل ألا أجيب"),
    "c:yes": ("Yes", "Do", "Tak", "نعم"),
    "c:no": ("No", "Naddo", "Nie", "لا"),
    "c:food": ("Food", "Bwyd", "Jedzenie", "الطعام"),
    "c:healthcare": ("Healthcare", "Gofal iechyd", "Opieka zdrowotna", "الرعاية الصحية"),
    "c:visits": ("Visits and family", "Ymweliadau a theulu", "Wizyty i rodzina", "الزيارات والعائلة"),
    "c:work": ("Work and education", "Gwaith ac addysg", "Praca i nauka", "العمل والتعليم"),
    "c:safety": ("Safety", "Diogelwch", "Bezpieczeństwo", "السلامة"),
    "c:showers": ("Showers", "Cawodydd", "Prysznice", "الحمامات"),
    "c:none": ("None of these", "Dim un o'r rhain", "Żadne z nich", "لا شيء من هذه"),
    "c:partner": ("My partner", "Fy mhartner", "Partner lub partnerka", "شريكي"),
    "c:child": ("A child", "Plentyn", "Dziecko", "طفل"),
    "c:friend": ("A friend", "Ffrind", "Przyjaciel", "صديق"),
    "c:wing": ("B wing", "Adain B", "Oddział B", "الجناح ب"),
}  # fmt: skip

AGREE = tuple(Choice(str(score), WordsKey(f"c:{score}"), score=score) for score in (1, 2, 3, 4, 5))
SKIP = Choice("na", WordsKey("c:na"), kind="skip")


def _choices(*values: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, WordsKey(f"c:{value}")) for value in values)


LISTS: Final[Mapping[str, tuple[Choice, ...]]] = {
    "agree5": (*AGREE, SKIP),
    "yesno": (*_choices("yes", "no"), SKIP),
    "topic": (
        *_choices("food", "healthcare", "visits", "work", "safety", "showers"),
        Choice("none", WordsKey("c:none"), exclusive=True),
    ),
    "matters": _choices("food", "healthcare", "visits", "work", "safety"),
    "chance": _choices("food", "healthcare", "visits", "work", "safety"),  # lists of these names have pictures
    "ready": (*_choices("healthcare", "work"), Choice("friends", WordsKey("c:friend"))),
    "people": _choices("partner", "child", "friend"),
    "wings": _choices("wing"),
}


def _common(name: str, *looks: str) -> dict[str, Any]:
    return {"name": name, "parent": NodeNumber(0), "row": 0, "words": WordsKey(name), "appearance": looks}


def _grid(start: str, end: str, step: str = "1") -> Grid:
    return Grid(start, end, step)


def _parts() -> tuple[tuple[str, tuple[Node, ...]], ...]:
    likert = SelectOne(**_common("talk", "likert"), list_name="agree5", guidance=WordsKey("talk:more"))
    several = SelectMultiple(**_common("topics"), list_name="topic", hint=WordsKey("topics:hint"))
    choosing: tuple[Node, ...] = (
        Note(**_common("welcome")),
        likert,
        SelectOne(**_common("fast", "quick"), list_name="yesno"),
        several,
        SelectOne(**_common("grid", "columns-3"), list_name="chance"),
        SelectOne(**_common("cards", "no-buttons"), list_name="ready"),
        Rank(**_common("order"), list_name="matters"),
        Acknowledge(**_common("ready")),
    )
    numbers: tuple[Node, ...] = (
        Range(**_common("safe"), grid=_grid("0", "10")),
        Range(**_common("clean", "vertical"), grid=_grid("1", "5")),
        Range(**_common("share"), grid=_grid("0", "100")),
        Range(**_common("quiet", "no-ticks"), grid=_grid("0", "20", "2")),
        Range(**_common("warm", "vertical"), grid=_grid("12", "30", "0.5")),
        Number(**_common("hours"), kind="decimal", guidance=WordsKey("talk:more")),
        Text(**_common("phone", "numbers")),
        Moment(**_common("since"), kind="date", guidance=WordsKey("talk:more")),
        Moment(**_common("month", "month-year"), kind="date"),
        Moment(**_common("born", "year"), kind="date"),
        Moment(**_common("time"), kind="time"),
        Moment(**_common("both"), kind="dateTime"),
        Text(**_common("words"), guidance=WordsKey("talk:more")),
        SelectOne(**_common("place"), list_name="wings", default="wing", readonly=parse("true()")),
    )
    return (("m1", choosing), ("m2", numbers))


def every_kind() -> Questionnaire:
    """Return the questionnaire; its third part is a repeat, and its second is asked only of those who ate."""
    nodes: list[Node] = [Root(name="data")]
    modules: list[Module] = []
    for name, part in _parts():
        first = NodeNumber(len(nodes))
        nodes.append(ModuleNode(name=name, parent=NodeNumber(0), row=len(nodes) + 1))
        nodes += [replace(node, parent=first, row=len(nodes) + 1 + at) for at, node in enumerate(part)]
        modules.append(Module(ModuleName(name), WordsKey(name), first, NodeNumber(len(nodes) - 1), 90))
    fast = next(number for number, node in enumerate(nodes) if node.name == "fast")
    ate = Operation("=", Ref(NodeNumber(fast)), TextLiteral("yes"))
    nodes[modules[1].first] = replace(nodes[modules[1].first], relevant=ate)  # type: ignore[call-arg]  # a module node
    nodes += _visitors(NodeNumber(len(nodes)))
    last = NodeNumber(len(nodes) - 1)
    modules.append(Module(ModuleName("m3"), WordsKey("m3"), NodeNumber(last - 4), last, 60))
    return _questionnaire(nodes, modules)


def _visitors(first: NodeNumber) -> list[Node]:
    series, block = NodeNumber(first + 1), NodeNumber(first + 2)
    inside = {"parent": block}
    return [
        ModuleNode(name="m3", parent=NodeNumber(0), row=first + 1),
        Repeat(name="visitors", parent=first, row=first + 2, words=WordsKey("visitors")),
        Block(name="visitor", parent=series, row=first + 3),
        SelectOne(**(_common("who") | inside | {"row": first + 4}), list_name="people"),
        Number(**(_common("often") | inside | {"row": first + 5}), kind="integer"),
    ]


def _questionnaire(nodes: list[Node], modules: list[Module]) -> Questionnaire:
    languages = (
        Language(EN, "English", "ltr", checked=True, fallback=None, sound="none"),
        Language(CY, "Cymraeg", "ltr", checked=False, fallback=EN, sound="none"),
        Language(PL, "Polski", "ltr", checked=False, fallback=EN, sound="none"),
        Language(AR, "العربية", "rtl", checked=False, fallback=EN, sound="none"),
    )
    often = (NodeNumber(len(nodes) - 2),)
    words: dict[LanguageTag, dict[WordsKey, tuple[Any, ...]]] = {
        language.tag: {WordsKey(key): (texts[at],) for key, texts in WORDS.items()}
        for at, language in enumerate(languages)
    }
    for held in words.values():  # what was answered stands in the words of the next question
        held[WordsKey("often")] = (Ref(often[0]), ": ", *held[WordsKey("often")])
    return Questionnaire(
        id="every-kind",
        version="2026-11",
        purpose=Purpose.SURVEY,
        title=WordsKey("title"),
        default_language=EN,
        order="fixed",
        rights=Rights("own", "Wing Voice", ""),
        languages=languages,
        modules=tuple(modules),
        blocks=(),
        draws={},
        nodes=tuple(nodes),
        lists=LISTS,
        scales={},
        actions=(),
        words=words,
        sound={},
        pictures={"*": {WordsKey("welcome"): "wing.png", WordsKey("welcome:big-image"): "large.png"}},
        media={name: Medium(hash=f"{at:064x}", size=1, kind="image/png") for at, name in enumerate(("wing.png", "large.png"))},
    )  # fmt: skip
