# ruff: noqa: E501 - a table of words, a language a column
"""Fixed Views for pictures: every screen with the words a resident might see, in four languages.

1. The words are examples of real length, not the kiosk's catalogue; nobody ever answered them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from kiosk.places import Draft
from kiosk.presenters.between import BetweenView
from kiosk.presenters.board import BoardView
from kiosk.presenters.consultations import ConsultationsView
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.help import HelpView
from kiosk.presenters.home import HomeView
from kiosk.presenters.keyboard import KeyWords, narrow, wide
from kiosk.presenters.out_of_service import OutOfServiceView
from kiosk.presenters.pads import DIGITS, as_on_a_telephone
from kiosk.presenters.page import Block, PageView
from kiosk.presenters.question import (
    AnswerPad,
    Fixed,
    Keypad,
    Mark,
    NoteOnly,
    QuestionView,
    Ranking,
    Series,
    Stepper,
    Steps,
    TakeAway,
    TextPad,
    Tiles,
    Wheel,
    Wheels,
)
from kiosk.presenters.review import ReviewLine, ReviewView
from kiosk.presenters.shown import Bars, Key, Look, Progress, Said, Scale, Theme, Tile
from kiosk.presenters.warning import WarningView
from kiosk.presenters.welcome import WelcomeView
from tests.kiosk import every_kind, views_board, views_codes, views_looks, views_words
from tests.kiosk.doors import a_keyboard, the_wording
from tests.kiosk.views_staff import staff_views

TAGS: Final = ("en", "cy", "pl", "ar")
NAMES: Final = (("en", "English"), ("cy", "Cymraeg"), ("pl", "Polski"), ("ar", "العربية"))
WORDS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "language": ("Language", "Iaith", "Język", "اللغة"),
    "help": ("Help", "Cymorth", "Pomoc", "مساعدة"),
    "stop": ("Stop", "Stopio", "Stop", "إيقاف"),
    "back": ("Back", "Yn ôl", "Wstecz", "رجوع"),
    "skip": ("I'd rather not say", "Gwell gen i beidio â dweud", "Wolę nie mówić", "أفضّل ألا أجيب"),
    "next": ("Next", "Nesaf", "Dalej", "التالي"),
    "hand in": ("Hand it in", "Cyflwyno", "Oddaj", "سلّم"),
    "progress": ("Question 3 of 8", "Cwestiwn 3 o 8", "Pytanie 3 z 8", "السؤال 3 من 8"),
    "practice": ("Practice", "Ymarfer", "Próba", "تدريب"),
    "demonstration": ("Demonstration", "Arddangosiad", "Demonstracja", "عرض توضيحي"),
    "unchecked": (
        "Not yet checked by a native speaker",
        "Heb ei wirio eto gan siaradwr brodorol",
        "Jeszcze niesprawdzone",
        "لم يراجعه بعد متحدث أصلي",
    ),
    "home": ("What would you like to do?", "Beth hoffech chi ei wneud?", "Co chcesz zrobić?", "ماذا تريد أن تفعل؟"),
    "take part": ("Take part", "Cymryd rhan", "Weź udział", "شارك"),
    "suggest": ("Suggest something", "Awgrymu rhywbeth", "Zaproponuj coś", "اقترح شيئًا"),
    "news": ("News and answers", "Newyddion ac atebion", "Wiadomości i odpowiedzi", "أخبار وأجوبة"),
    "thank": ("Thank someone", "Diolch i rywun", "Podziękuj komuś", "اشكر شخصًا"),
    "open": ("What is open now", "Beth sydd ar agor nawr", "Co jest teraz otwarte", "ما هو مفتوح الآن"),
    "wing life": ("Life on your wing", "Bywyd ar eich adain", "Życie na oddziale", "الحياة في جناحك"),
    "minutes": ("About 3 minutes", "Tua 3 munud", "Około 3 minut", "نحو 3 دقائق"),
    "proposal": (
        "Longer visits: what do you think?",
        "Ymweliadau hirach: beth yw eich barn?",
        "Dłuższe wizyty: co myślisz?",
        "زيارات أطول: ما رأيك؟",
    ),
    "change": (
        "What should change first on this wing?",
        "Beth ddylai newid yn gyntaf ar yr adain hon?",
        "Co powinno się najpierw zmienić na tym oddziale?",
        "ما الذي ينبغي أن يتغير أولًا في هذا الجناح؟",
    ),
    "all that fit": ("Choose all that fit", "Dewiswch bopeth sy'n addas", "Wybierz wszystko, co pasuje", "اختر كل ما يناسب"),
    "food": ("Food", "Bwyd", "Jedzenie", "الطعام"),
    "healthcare": ("Healthcare", "Gofal iechyd", "Opieka zdrowotna", "الرعاية الصحية"),
    "visits": ("Visits and family", "Ymweliadau a theulu", "Wizyty i rodzina", "الزيارات والعائلة"),
    "work": ("Work and education", "Gwaith ac addysg", "Praca i nauka", "العمل والتعليم"),
    "safety": ("Safety", "Diogelwch", "Bezpieczeństwo", "السلامة"),
    "more": ("More answers (1 of 2)", "Mwy o atebion (1 o 2)", "Więcej odpowiedzi (1 z 2)", "أجوبة أخرى (1 من 2)"),
    "good food": ("Is the food on the wing good?", "A yw'r bwyd ar yr adain yn dda?", "Czy jedzenie jest dobre?", "هل الطعام في الجناح جيد؟"),
    "yes": ("Yes, it is good", "Ydy, mae'n dda", "Tak, jest dobre", "نعم، إنه جيد"),
    "ok": ("It is OK", "Mae'n iawn", "Jest w porządku", "لا بأس به"),
    "no": ("No, it is bad", "Nac ydy, mae'n wael", "Nie, jest złe", "لا، إنه سيئ"),
    "polite": (
        "Officers on my wing speak to me politely.",
        "Mae swyddogion ar fy adain yn siarad yn gwrtais â mi.",
        "Funkcjonariusze na moim oddziale mówią do mnie grzecznie.",
        "يتحدث إليّ ضباط جناحي بأدب.",
    ),
    "agree 1": ("Strongly disagree", "Anghytuno'n gryf", "Zdecydowanie nie", "لا أوافق بشدة"),
    "agree 2": ("Disagree", "Anghytuno", "Raczej nie", "لا أوافق"),
    "agree 3": ("Not sure", "Ddim yn siŵr", "Nie wiem", "لست متأكدًا"),
    "agree 4": ("Agree", "Cytuno", "Raczej tak", "أوافق"),
    "agree 5": ("Strongly agree", "Cytuno'n gryf", "Zdecydowanie tak", "أوافق بشدة"),
    "trouble": (
        "Please choose an answer, or skip.",
        "Dewiswch ateb, neu hepgorwch.",
        "Wybierz odpowiedź albo pomiń.",
        "اختر جوابًا أو تخطَّ السؤال.",
    ),
    "how safe": (
        "How safe do you feel here, from 0 to 10?",
        "Pa mor ddiogel ydych chi'n teimlo yma, o 0 i 10?",
        "Jak bezpiecznie się tu czujesz, od 0 do 10?",
        "ما مدى شعورك بالأمان هنا، من 0 إلى 10؟",
    ),
    "low": ("Not safe at all", "Ddim yn ddiogel o gwbl", "Wcale nie bezpiecznie", "لا أشعر بالأمان إطلاقًا"),
    "high": ("Very safe", "Diogel iawn", "Bardzo bezpiecznie", "آمن جدًا"),
    "how many": (
        "How many hours were you out of your cell yesterday?",
        "Am faint o oriau y buoch chi allan o'ch cell ddoe?",
        "Ile godzin wczoraj spędziłeś poza celą?",
        "كم ساعة قضيت خارج زنزانتك أمس؟",
    ),
    "delete": ("Delete", "Dileu", "Usuń", "حذف"),
    "space": ("Space", "Bwlch", "Spacja", "مسافة"),
    "clear": ("Clear all", "Clirio'r cyfan", "Wyczyść wszystko", "امسح الكل"),
    "wipe": ("Yes, clear it all", "Ie, cliriwch y cyfan", "Tak, wyczyść wszystko", "نعم، امسح الكل"),
    "keep": ("No, keep it", "Na, cadwch e", "Nie, zostaw", "لا، أبقه"),
    "in words": (
        "What would help? You may write it here.",
        "Beth fyddai'n helpu? Cewch ei ysgrifennu yma.",
        "Co by pomogło? Możesz to tu napisać.",
        "ما الذي قد يساعد؟ يمكنك كتابته هنا.",
    ),
    "typed": (
        "More fruit at breakfast please",
        "Mwy o ffrwythau amser brecwast os gwelwch yn dda",
        "Więcej owoców na śniadanie proszę",
        "المزيد من الفاكهة في الفطور من فضلكم",
    ),
    "left": ("32 letters left", "32 llythyren ar ôl", "Zostały 32 litery", "بقي 32 حرفًا"),
    "note": (
        "This asks about life on your wing. It takes about 3 minutes. Nobody here sees what you press. You may stop at any time.",
        "Mae hwn yn holi am fywyd ar eich adain. Mae'n cymryd tua 3 munud. Nid oes neb yma yn gweld beth rydych chi'n ei bwyso. Cewch stopio unrhyw bryd.",
        "To pytania o życie na oddziale. Zajmie około 3 minut. Nikt tutaj nie widzi, co naciskasz. Możesz przerwać w każdej chwili.",
        "هذه أسئلة عن الحياة في جناحك. تستغرق نحو 3 دقائق. لا أحد هنا يرى ما تضغطه. يمكنك التوقف في أي وقت.",
    ),
    "understood": ("I understand", "Rwy'n deall", "Rozumiem", "فهمت"),
    "check": ("Check your answers", "Gwiriwch eich atebion", "Sprawdź odpowiedzi", "راجع إجاباتك"),
    "not answered": ("Not answered yet", "Heb ei ateb eto", "Jeszcze bez odpowiedzi", "لم تُجب بعد"),
    "page": ("Page 1 of 2: more", "Tudalen 1 o 2: mwy", "Strona 1 z 2: dalej", "الصفحة 1 من 2: المزيد"),
    "part": ("Part 1 is handed in", "Mae rhan 1 wedi'i chyflwyno", "Część 1 oddana", "سُلّم الجزء 1"),
    "thanks": ("Thank you", "Diolch", "Dziękujemy", "شكرًا لك"),
    "there is more": (
        "There is one more part. It takes 2 minutes.",
        "Mae un rhan arall. Mae'n cymryd 2 funud.",
        "Jest jeszcze jedna część. Zajmie 2 minuty.",
        "يوجد جزء آخر. يستغرق دقيقتين.",
    ),
    "go on": ("Go on", "Ymlaen", "Dalej", "تابع"),
    "leave": ("Leave it here", "Gorffen yma", "Zakończ tutaj", "توقف هنا"),
    "who reads": (
        "Three people at central read what everyone said.",
        "Mae tri o bobl yn y canol yn darllen beth ddywedodd pawb.",
        "Trzy osoby w centrali czytają, co wszyscy powiedzieli.",
        "يقرأ ثلاثة أشخاص في المركز ما قاله الجميع.",
    ),
    "answer by": (
        "You can read the answer here by 31 January.",
        "Gallwch ddarllen yr ateb yma erbyn 31 Ionawr.",
        "Odpowiedź przeczytasz tu do 31 stycznia.",
        "يمكنك قراءة الجواب هنا بحلول 31 يناير.",
    ),
    "locked": (
        "Your answers are locked. Nobody here can read them.",
        "Mae eich atebion dan glo. Ni all neb yma eu darllen.",
        "Twoje odpowiedzi są zamknięte. Nikt tu ich nie przeczyta.",
        "إجاباتك مقفلة. لا أحد هنا يستطيع قراءتها.",
    ),
    "worried": (
        "Worried about something? Touch Who can help.",
        "Poeni am rywbeth? Cyffyrddwch â Pwy all helpu.",
        "Coś cię martwi? Dotknij „Kto może pomóc”.",
        "هل يقلقك شيء؟ المس «من يمكنه المساعدة».",
    ),
    "read by": (
        "It is read by: the engagement lead.",
        "Darllenir gan: mae'r arweinydd ymgysylltu yn ei ddarllen o fewn pum wythnos.",
        "Czyta to osoba od spraw udziału, w ciągu pięciu tygodni.",
        "يقرؤه مسؤول المشاركة خلال خمسة أسابيع.",
    ),
    "to home": ("Do something else", "Gwneud rhywbeth arall", "Zrób coś innego", "افعل شيئًا آخر"),
    "finish": ("Finish", "Gorffen", "Zakończ", "إنهاء"),
    "what changed": ("What changed", "Beth newidiodd", "Co się zmieniło", "ما الذي تغيّر"),
    "showers": (
        "Showers are open until 8 in the evening",
        "Mae'r cawodydd ar agor tan 8 yr hwyr",
        "Prysznice są czynne do 8 wieczorem",
        "الحمامات مفتوحة حتى 8 مساءً",
    ),
    "fruit": ("Fruit twice a week", "Ffrwythau ddwywaith yr wythnos", "Owoce dwa razy w tygodniu", "فاكهة مرتين في الأسبوع"),
    "notice": ("Notice", "Hysbysiad", "Ogłoszenie", "إعلان"),
    "you said": ("You said", "Dywedoch chi", "Powiedzieliście", "قلتم"),
    "we did": ("We did", "Gwnaethom ni", "Zrobiliśmy", "فعلنا"),
    "said showers": (
        "42 people said the showers close too early.",
        "Dywedodd 42 o bobl fod y cawodydd yn cau'n rhy gynnar.",
        "42 osoby powiedziały, że prysznice zamykają się za wcześnie.",
        "قال 42 شخصًا إن الحمامات تغلق مبكرًا جدًا.",
    ),
    "did showers": (
        "Since 2 November they stay open until 8 in the evening on all wings. We will ask again in March.",
        "Ers 2 Tachwedd maent ar agor tan 8 yr hwyr ar bob adain. Byddwn yn gofyn eto ym mis Mawrth.",
        "Od 2 listopada są czynne do 8 wieczorem na wszystkich oddziałach. Zapytamy znowu w marcu.",
        "منذ 2 نوفمبر تبقى مفتوحة حتى 8 مساءً في كل الأجنحة. سنسأل مرة أخرى في مارس.",
    ),
    "who can help": ("Who can help", "Pwy all helpu", "Kto może pomóc", "من يستطيع المساعدة"),
    "listeners": ("Listeners", "Gwrandawyr", "Słuchacze", "المستمعون"),
    "ask officer": ("Ask any officer, day or night", "Gofynnwch i swyddog, ddydd neu nos", "Poproś funkcjonariusza, w dzień i w nocy", "اسأل أي ضابط ليلًا أو نهارًا"),
    "samaritans": ("Samaritans", "Y Samariaid", "Samarytanie", "السامريون"),
    "free call": ("Free call: 116 123", "Galwad am ddim: 116 123", "Bezpłatnie: 116 123", "اتصال مجاني: 116 123"),
    "chaplain": ("Chaplain", "Caplan", "Kapelan", "رجل الدين"),
    "nurse": ("Nurse", "Nyrs", "Pielęgniarka", "الممرضة"),
    "still": ("Are you still there?", "Ydych chi yno o hyd?", "Czy nadal tu jesteś?", "هل ما زلت هنا؟"),
    "else wiped": (
        "If not, your answers are wiped.",
        "Os nad ydych, caiff eich atebion eu dileu.",
        "Jeśli nie, odpowiedzi zostaną usunięte.",
        "إن لم تكن، فستُمحى إجاباتك.",
    ),
    "i am": ("Yes, I am here", "Ydw, rydw i yma", "Tak, jestem", "نعم، أنا هنا"),
    "wing voice": ("Your voice on this wing", "Eich llais ar yr adain hon", "Twój głos na oddziale", "صوتك في هذا الجناح"),
    "pin": ("Staff: enter the PIN", "Staff: rhowch y PIN", "Personel: wpisz PIN", "للموظفين: أدخل الرمز"),
    "pin wrong": ("That PIN is not right.", "Nid yw'r PIN yn gywir.", "Zły PIN.", "الرمز غير صحيح."),
    "enter": ("Enter", "Mewn", "Wejdź", "دخول"),
    "service": ("Staff page", "Tudalen staff", "Strona personelu", "صفحة الموظفين"),
    "out": ("This kiosk is out of service", "Nid yw'r ciosg hwn ar gael", "Kiosk nie działa", "هذا الكشك متوقف"),
    "paper": (
        "Your answers are safe. You can still fill in a paper form.",
        "Mae eich atebion yn ddiogel. Gallwch lenwi ffurflen bapur o hyd.",
        "Twoje odpowiedzi są bezpieczne. Nadal możesz wypełnić papierowy formularz.",
        "إجاباتك آمنة. ما زال بإمكانك ملء استمارة ورقية.",
    ),
    "tell more": ("Tell me more", "Dywedwch fwy", "Powiedz więcej", "أخبرني المزيد"),
    "undo": ("Undo", "Dadwneud", "Cofnij", "تراجع"),
    "day": ("Day", "Diwrnod", "Dzień", "يوم"),
    "month name": ("Month", "Mis", "Miesiąc", "شهر"),
    "year": ("Year", "Blwyddyn", "Rok", "سنة"),
    "hour": ("Hour", "Awr", "Godzina", "ساعة"),
    "minute": ("Minute", "Munud", "Minuta", "دقيقة"),
    "october": ("October", "Hydref", "październik", "أكتوبر"),
    "28 october": ("28 October 2026", "28 Hydref 2026", "28 października 2026", "28 أكتوبر 2026"),
    "so far": ("So far: 3", "Hyd yn hyn: 3", "Dotąd: 3", "حتى الآن: 3"),
    "take away": ("Take away", "Tynnu i ffwrdd", "Usuń", "حذف"),
    "take this": ("Take this one away?", "Tynnu hwn i ffwrdd?", "Usunąć to?", "هل تحذف هذا؟"),
    "yes away": ("Yes, take it away", "Ie, tynnwch ef i ffwrdd", "Tak, usuń to", "نعم، احذفه"),
    "no keep": ("No, keep it", "Na, cadwch ef", "Nie, zostaw to", "لا، أبقه"),
    "add one": ("Add one", "Ychwanegu un", "Dodaj jeden", "أضف واحدًا"),
    "more lines": ("More (1 of 2)", "Mwy (1 o 2)", "Więcej (1 z 2)", "المزيد (1 من 2)"),
    **{f"kind {key}": texts for key, texts in every_kind.WORDS.items()},
    "tell staff": ("Please tell an officer this number.", "Dywedwch y rhif hwn wrth swyddog.", "Podaj ten numer funkcjonariuszowi.", "أخبر ضابطًا بهذا الرقم."),
}  # fmt: skip


class Speaker:
    """Says the example words in one language."""

    def __init__(self, tag: str) -> None:
        self.tag, self.at = tag, TAGS.index(tag)
        self.direction: Any = "rtl" if tag == "ar" else "ltr"

    def __call__(self, key: str) -> Said:
        """The words of this key."""
        return Said(WORDS[key][self.at], self.tag, self.direction)

    def own(self, context: str, msgid: str, **facts: object) -> Said:
        """One of the kiosk's own sentences, as its catalogue has it."""
        return the_wording().say(context, msgid, self.tag, **facts)

    def plain(self, text: str) -> Said:
        """These words as they are."""
        return Said(text, self.tag, self.direction)

    def bars(self, **other: Said | None) -> Bars:
        """All controls of a question, but for what is said otherwise."""
        full = Bars(
            *(self(word) for word in ("language", "help", "stop", "back", "skip", "next")),
            *(self.own("bars", word) for word in ("Listen", "Bigger", "Hide")),
        )
        return replace(full, **other)


def views(tag: str, theme: Theme = "light", scale: Scale = 100) -> dict[str, Any]:
    """Every screen by a name for its picture, in one language."""
    say = Speaker(tag)
    look = Look(say.direction, theme, scale)
    return {
        **_round_the_questions(say, look),
        **{f"question-{name}": view for name, view in (_questions(say, look) | _kinds(say, look)).items()},
        **staff_views("cy" if tag == "cy" else "en", look),
        **views_looks.looks(say, look),
        **views_board.board(say, look),
    }


def _round_the_questions(say: Speaker, look: Look) -> dict[str, Any]:
    plain = say.bars(skip=None, onward=None)
    languages = tuple(
        Tile(
            tag,
            Said(name, tag, "rtl" if tag == "ar" else "ltr"),
            small=None if tag == "en" else Speaker(tag)("unchecked"),
        )
        for tag, name in NAMES
    )
    home = (("take-part", "take part"), ("suggest", "suggest"), ("board", "news"), ("thank", "thank"))
    helpers = (
        ("help-listener", "listeners", "ask officer"),
        ("help-samaritans", "samaritans", "free call"),
        ("help-chaplain", "chaplain", "ask officer"),
        ("help-nurse", "nurse", "ask officer"),
    )
    lines = (
        ReviewLine("m/a", say("polite"), say("not answered"), problem=True),
        ReviewLine("m/b", say("change"), say.plain(", ".join(say(w).text for w in ("food", "safety"))), problem=False),
        ReviewLine("m/c", say("good food"), say("ok"), problem=False),
        ReviewLine("m/d", say("how safe"), say.plain("7"), problem=False),
    )
    changed = (Block(say("you said"), say("said showers")), Block(say("we did"), say("did showers")))
    return {
        "welcome": WelcomeView(replace(look, direction="ltr"), say("wing voice"), languages, None),
        "welcome-silent": WelcomeView(replace(look, direction="ltr"), say("wing voice"), languages, None, say.own("welcome", "There is no sound here today.")),
        "home": HomeView(look, plain, say("home"), tuple(Tile(k, say(w), k) for k, w in home)),
        "consultations": ConsultationsView(
            look,
            plain,
            say("open"),
            tuple(Tile(f"c{n}", say("proposal" if n == 2 else "wing life"), "topic-visits" if n == 2 else "wing", small=say("minutes")) for n in range(1, 6)),
            None,
            say.own("consultations", "I have a code"),
        ),
        "review": ReviewView(look, say.bars(skip=None, onward=say("hand in")), say("check"), lines, 0, 2, say("page"), handing_in=False),
        "between": BetweenView(look, replace(plain, back=None), say("part"), say("there is more"), say("go on"), say("leave")),
        "farewell": FarewellView(look, replace(plain, language=None, stop=None, back=None, hide=None), say("thanks"), (say("locked"), say("who reads"), say("answer by"), say("worried")), say("who can help"), say("to home"), say("finish")),
        "board": BoardView(
            look,
            plain,
            say("what changed"),
            (Tile("n1", say("showers"), "change", small=say("what changed")), Tile("n2", say("fruit"), "notice", small=say("notice"))),
            None,
            say.own("board", "I have a reply code"),
        ),
        "page": PageView(look, plain, say("showers"), changed, "change", 0, 1, None),
        "help": HelpView(look, plain, say("who can help"), tuple(Tile(p, say(w), p, small=say(s)) for p, w, s in helpers), None, say.own("about", "About this screen")),
        **views_codes.codes(say, look),
        **views_words.words(say, look),
        "warning": WarningView(look, say("still"), say("else wiped"), say("i am"), say("stop")),
        "out_of_service": OutOfServiceView(look, say("out"), (say("paper"), say("tell staff")), "402"),
    }  # fmt: skip


def _questions(say: Speaker, look: Look) -> dict[str, QuestionView]:
    def ask(prompt: str, answer: AnswerPad, **other: Any) -> QuestionView:  # noqa: ANN401 - any field of the View
        view = QuestionView(
            look, say.bars(), Progress(3, 8, say("progress")), None, say(prompt), None, None, answer, None
        )
        return replace(view, **other)

    topics = (
        Tile("a", say("food"), "topic-food"),
        Tile("b", say("healthcare"), "topic-healthcare", chosen=True),
        Tile("c", say("visits"), "topic-visits"),
        Tile("d", say("work"), "topic-work"),
        Tile("e", say("safety"), "topic-safety"),
    )
    three = tuple(Tile(w, say(w), p, chosen=w == "ok") for w, p in (("yes", "yes"), ("ok", "not-sure"), ("no", "no")))
    agree = tuple(Tile(str(n), say(f"agree {n}"), f"agree-{n}", chosen=n == 4, marked=True) for n in range(1, 6))
    board, draft = a_keyboard(say.tag), Draft(say("typed").text)
    keys = KeyWords(*(say(word).text for word in ("space", "delete", "clear", "wipe", "keep")))
    return {
        "one": ask("good food", Tiles(three, False, False, 0, 1, None), picture="topic-food"),
        "many": ask(
            "change", Tiles(topics, True, False, 0, 2, say("more")), hint=say("all that fit"), badge=say("practice")
        ),
        "likert": ask("polite", Tiles(agree, False, True, 0, 1, None), trouble=say("trouble")),
        "steps": ask("how safe", Steps(tuple(say.plain(str(n)) for n in range(11)), 7, say("low"), say("high"))),
        "keypad": ask(
            "how many",
            Keypad("12", as_on_a_telephone(DIGITS, say("delete").text), say.tag),
            trouble=say("trouble"),
        ),
        "text": ask(
            "in words",
            TextPad(
                say("typed").text,
                say.tag,
                say.direction,
                say("left"),
                wide(draft, board, keys),
                narrow(draft, board, keys),
            ),
            badge=say("demonstration"),
            hint=say("read by"),
        ),
        "note": ask("note", NoteOnly(), bars=say.bars(skip=None), picture="hello"),
        "acknowledge": ask("note", NoteOnly(), bars=say.bars(onward=say("understood"))),
    }


def _wheel(say: Speaker, name: str | None, value: Said, part: str, far: int | None = None) -> Wheel:
    above, below = (Key(f"{part}+1", "+"),), (Key(f"{part}-1", "\u2212"),)
    if far is not None:
        above, below = (Key(f"{part}+{far}", f"+{far}"), *above), (*below, Key(f"{part}-{far}", f"\u2212{far}"))
    return Wheel(None if name is None else say(name), value, above, below)


def _kinds(say: Speaker, look: Look) -> dict[str, QuestionView]:
    """Questions of the kinds that came with the whole form language, as they stand in the middle of answering."""

    def ask(prompt: str, answer: AnswerPad, **other: Any) -> QuestionView:  # noqa: ANN401 - any field of the View
        prompt_said = say(f"kind {prompt}")
        view = QuestionView(
            look, say.bars(), Progress(3, 8, say("progress")), None, prompt_said, None, None, answer, None
        )
        return replace(view, **other)

    def digits(text: str) -> Said:
        return Said(text, "en", look.direction)

    choices = ("food", "healthcare", "visits", "work", "safety")
    places: dict[str, int] = {"work": 1, "food": 2}
    ranked = tuple(
        Tile(key, say(key), f"topic-{key}", key in places, None, places.get(key), numbered=True) for key in choices
    )
    marks = tuple(Mark(at * 10, digits(str(at * 10)), lit=False) for at in range(11))
    bar = tuple(Mark(at, digits(str(2 * at)) if at in (0, 10) else None, at <= 4) for at in range(11))
    minus, plus = Key("-", "\u2212"), Key("+", "+")
    day = (
        _wheel(say, "day", digits("28"), "day"),
        _wheel(say, "month name", say("october"), "month"),
        _wheel(say, "year", digits("2026"), "year", 10),
    )
    clock = (_wheel(say, "hour", digits("14"), "hour"), _wheel(say, "minute", digits("05"), "minute", 10))
    people = ("c:partner", "c:child", "c:friend")
    lines = tuple(
        Tile(f"m/v[{at}]", say.plain(f"{say(f'kind {key}').text}, {at}"), place=at, numbered=True)
        for at, key in enumerate(people, start=1)
    )
    told = Progress(4, 8, say("so far"))
    cards = tuple(Tile(key, say(key), f"topic-{key}", chosen=key == "food") for key in choices[:3])
    grid = tuple(Tile(key, say(key)) for key in choices)
    return {
        "rank": ask("order", Ranking(ranked, 0, 2, say("more"), say("undo")), tell=say("tell more")),
        "stepper": ask("share", Stepper(digits("73"), marks, minus, plus), trouble=say("trouble")),
        "bar": ask("quiet", Stepper(digits("8"), bar, minus, plus), tell=say("tell more")),
        "ladder": ask("clean", Steps(tuple(digits(str(at)) for at in range(1, 6)), 3, None, None, vertical=True)),
        "upright": ask("warm", Wheels((_wheel(say, None, digits("21.5"), "n", 5),), digits("21.5"), True, False)),
        "day": ask("since", Wheels(day, say("28 october"), True, True), tell=say("tell more"), trouble=say("trouble")),
        "year": ask("born", Wheels(day[2:], digits("2026"), False, True), bars=say.bars(onward=None)),
        "clock": ask("time", Wheels(clock, digits("14:05"), True, False)),
        "series": ask(
            "visitors",
            Series(lines, say("take away"), say("add one"), say("more lines")),
            progress=told,
            bars=say.bars(skip=None, onward=say("go on")),
        ),
        "take-away": ask(
            "visitors",
            TakeAway(lines[1], say("yes away"), say("no keep")),
            progress=told,
            hint=say("take this"),
            bars=say.bars(skip=None, onward=None),
        ),
        "fixed": ask("place", Fixed(say("kind c:wing")), bars=say.bars(skip=None)),
        "guidance": ask("talk", NoteOnly(), hint=say("kind talk:more"), bars=say.bars(skip=None, onward=say("understood"))),
        "cards": ask("cards", Tiles(cards, False, False, 0, 1, None, 0, True)),
        "columns": ask("grid", Tiles(grid, False, False, 0, 2, say("more"), 3)),
        "enlarges": ask("welcome", NoteOnly(), picture="wing", enlarges=True, bars=say.bars(skip=None)),
    }  # fmt: skip


EVERY: Final[Callable[[], list[tuple[str, str]]]] = lambda: [(tag, name) for tag in TAGS for name in views(tag)]  # noqa: E731
