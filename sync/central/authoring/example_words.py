"""What the example workbooks say: four short questionnaires in four languages, as rows and tables.

Rule 1: tables only; examples.py makes sheets of them.
Rule 2: English for a reading age of 9, at most 14 words a sentence, one idea each; our own wording throughout.
Rule 3: the other languages are translations that no native speaker has checked yet, and the workbooks say so.
Rule 4: a row `item` takes its English from the item bank, by the item's id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

LANGUAGES: Final = ("English (en)", "Cymraeg (cy)", "Polski (pl)", "العربية (ar)")


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in the languages of LANGUAGES, in that order."""

    en: str
    cy: str
    pl: str
    ar: str

    def each(self) -> tuple[str, str, str, str]:
        """The words in the order of LANGUAGES."""
        return self.en, self.cy, self.pl, self.ar


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a survey sheet; `more` holds the columns that carry no words."""

    type: str
    name: str
    label: Words | None = None
    hint: Words | None = None
    message: Words | None = None
    more: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """One row of a choices sheet."""

    list_name: str
    name: str
    label: Words
    more: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """One workbook."""

    form_id: str
    purpose: str
    title: Words
    survey: tuple[Asked, ...]
    choices: tuple[Offered, ...]
    scales: tuple[tuple[Words, dict[str, str]], ...] = ()


RATHER_NOT: Final = Words(
    "I would rather not say", "Byddai'n well gen i beidio â dweud", "Wolę nie mówić", "أفضّل ألا أجيب"
)
CHOOSE_ALL: Final = Words(
    "Choose all that fit.", "Dewiswch bob un sy'n ffitio.", "Wybierz wszystkie, które pasują.", "اختر كل ما ينطبق."
)


def _skip(list_name: str) -> Offered:
    return Offered(list_name, "skip", RATHER_NOT, {"kind": "skip"})


def _item(item_id: str, scale: str, *, reverse: bool = False) -> Asked:
    more = {"scale": scale, "appearance": "likert", **({"reverse": "yes"} if reverse else {})}
    return Asked("item", item_id, more=more)


WING_LIFE: Final = Example(
    "wing-life",
    "survey",
    Words("Life on the wing", "Bywyd ar yr adain", "Życie na oddziale", "الحياة في الجناح"),
    (
        Asked("begin_group", "practice", Words("Practice", "Ymarfer", "Ćwiczenie", "تمرين"), more={"practice": "yes"}),
        Asked(
            "select_one drink",
            "try",
            Words(
                "This is only practice. Touch the word Tea.",
                "Dim ond ymarfer yw hwn. Cyffyrddwch â'r gair Te.",
                "To tylko ćwiczenie. Dotknij słowa Herbata.",
                "هذا مجرد تمرين. المس كلمة شاي.",
            ),
            more={"correct": "tea"},
        ),
        Asked("end_group", ""),
        Asked(
            "begin_group",
            "daily",
            Words("Day to day", "O ddydd i ddydd", "Na co dzień", "الحياة اليومية"),
        ),
        Asked(
            "note",
            "intro",
            Words(
                "This is about life on your wing. You can skip any question. Nobody here can see what you press.",
                "Mae hyn am fywyd ar eich adain. Gallwch hepgor unrhyw gwestiwn. Ni all neb yma weld beth wasgwch chi.",
                "To pytania o życie na twoim oddziale. Każde możesz pominąć. Nikt tutaj nie widzi, co wybierasz.",
                "هذه الأسئلة عن الحياة في جناحك. يمكنك تخطي أي سؤال. لا أحد هنا يرى ما تضغط عليه.",
            ),
        ),
        _item("rel1", "rel"),
        _item("rel2", "rel"),
        _item("rel3", "rel", reverse=True),
        _item("con1", "con"),
        _item("con2", "con"),
        _item("con3", "con", reverse=True),
        Asked(
            "select_one yes_no",
            "contact",
            Words(
                "Did you get a visit or a call in the last month?",
                "Gawsoch chi ymweliad neu alwad yn ystod y mis diwethaf?",
                "Czy w ostatnim miesiącu była wizyta lub rozmowa telefoniczna z bliskimi?",
                "هل تلقيت زيارة أو مكالمة في الشهر الماضي؟",
            ),
        ),
        Asked(
            "select_multiple ways",
            "contact_ways",
            Words("How was that?", "Sut oedd hynny?", "W jaki sposób?", "كيف كان ذلك؟"),
            CHOOSE_ALL,
            more={"relevant": "${contact} = 'yes'"},
        ),
        Asked(
            "select_one hurdles",
            "contact_hurdle",
            Words(
                "What got in the way most?",
                "Beth oedd y rhwystr mwyaf?",
                "Co najbardziej przeszkodziło?",
                "ما أكبر عائق أمامك؟",
            ),
            more={"relevant": "${contact} = 'no'"},
        ),
        Asked("end_group", ""),
        Asked(
            "begin_group",
            "safe",
            Words("Safe and heard", "Diogel a chlywed llais", "Bezpiecznie i z głosem", "الأمان وسماع الرأي"),
        ),
        _item("saf1", "saf"),
        _item("saf2", "saf"),
        _item("saf3", "saf", reverse=True),
        Asked(
            "select_one yes_no",
            "saf_who",
            Words(
                "Do you know who to go to when you worry?",
                "Ydych chi'n gwybod at bwy i fynd pan fyddwch yn poeni?",
                "Czy wiesz, do kogo pójść, kiedy się martwisz?",
                "هل تعرف إلى من تذهب عندما تقلق؟",
            ),
            more={"relevant": "${saf3} = '4' or ${saf3} = '5'"},
        ),
        _item("voi4", "voi"),
        _item("voi5", "voi"),
        _item("voi6", "voi", reverse=True),
        Asked(
            "integer",
            "key_worker",
            Words(
                "How many times did you talk with your key worker in the last month?",
                "Sawl gwaith siaradoch chi â'ch gweithiwr allweddol yn ystod y mis diwethaf?",
                "Ile razy w ostatnim miesiącu była rozmowa z twoim opiekunem?",
                "كم مرة تحدثت مع الموظف المسؤول عنك في الشهر الماضي؟",
            ),
            Words(
                "Type a number from 0 to 30.",
                "Teipiwch rif o 0 i 30.",
                "Wpisz liczbę od 0 do 30.",
                "اكتب رقمًا من 0 إلى 30.",
            ),
            Words(
                "Please type a number from 0 to 30.",
                "Teipiwch rif o 0 i 30, os gwelwch yn dda.",
                "Proszę wpisać liczbę od 0 do 30.",
                "يرجى كتابة رقم من 0 إلى 30.",
            ),
            {"constraint": ". >= 0 and . <= 30"},
        ),
        Asked(
            "select_one yes_no",
            "key_worker_help",
            Words("Did it help you?", "A oedd hynny o help i chi?", "Czy to pomogło?", "هل ساعدك ذلك؟"),
            more={"relevant": "${key_worker} > 0"},
        ),
        Asked(
            "range",
            "mark",
            Words(
                "How is life on this wing? 0 is very bad, 10 is very good.",
                "Sut mae bywyd ar yr adain hon? Mae 0 yn wael iawn, mae 10 yn dda iawn.",
                "Jak się żyje na tym oddziale? 0 to bardzo źle, 10 to bardzo dobrze.",
                "كيف الحياة في هذا الجناح؟ 0 سيئة جدًا و10 جيدة جدًا.",
            ),
            more={"parameters": "start=0 end=10 step=1"},
        ),
        Asked("end_group", ""),
    ),
    (
        Offered("drink", "tea", Words("Tea", "Te", "Herbata", "شاي")),
        Offered("drink", "rain", Words("Rain", "Glaw", "Deszcz", "مطر")),
        Offered("drink", "shoe", Words("Shoe", "Esgid", "But", "حذاء")),
        Offered(
            "agree5", "5", Words("Agree a lot", "Cytuno'n fawr", "Bardzo się zgadzam", "أوافق كثيرًا"), {"score": "5"}
        ),
        Offered("agree5", "4", Words("Agree", "Cytuno", "Zgadzam się", "أوافق"), {"score": "4"}),
        Offered("agree5", "3", Words("In the middle", "Yn y canol", "Pośrodku", "في الوسط"), {"score": "3"}),
        Offered("agree5", "2", Words("Disagree", "Anghytuno", "Nie zgadzam się", "لا أوافق"), {"score": "2"}),
        Offered(
            "agree5",
            "1",
            Words("Disagree a lot", "Anghytuno'n fawr", "Bardzo się nie zgadzam", "لا أوافق أبدًا"),
            {"score": "1"},
        ),
        _skip("agree5"),
        Offered("yes_no", "yes", Words("Yes", "Ie", "Tak", "نعم")),
        Offered("yes_no", "no", Words("No", "Na", "Nie", "لا")),
        _skip("yes_no"),
        Offered("ways", "visit", Words("A visit here", "Ymweliad yma", "Wizyta tutaj", "زيارة هنا")),
        Offered("ways", "phone", Words("A phone call", "Galwad ffôn", "Rozmowa telefoniczna", "مكالمة هاتفية")),
        Offered("ways", "video", Words("A video call", "Galwad fideo", "Rozmowa wideo", "مكالمة فيديو")),
        Offered(
            "ways",
            "none",
            Words("None of these", "Dim un o'r rhain", "Żadne z tych", "لا شيء مما سبق"),
            {"exclusive": "yes"},
        ),
        _skip("ways"),
        Offered(
            "hurdles", "cost", Words("It costs too much", "Mae'n costio gormod", "To za dużo kosztuje", "التكلفة عالية")
        ),
        Offered(
            "hurdles",
            "far",
            Words("They live too far away", "Maen nhw'n byw'n rhy bell", "Mieszkają za daleko", "يسكنون بعيدًا جدًا"),
        ),
        Offered(
            "hurdles",
            "times",
            Words("The times do not fit", "Nid yw'r amserau'n addas", "Godziny nie pasują", "المواعيد لا تناسب"),
        ),
        Offered(
            "hurdles",
            "phones",
            Words("No phone was free", "Doedd dim ffôn rhydd", "Żaden telefon nie był wolny", "لم يكن هناك هاتف متاح"),
        ),
        Offered("hurdles", "other", Words("Something else", "Rhywbeth arall", "Coś innego", "شيء آخر")),
        _skip("hurdles"),
    ),
    (
        (
            Words("Getting on with staff", "Dod ymlaen â staff", "Relacje z personelem", "العلاقة مع الموظفين"),
            {"scale": "rel", "category": "harmony"},
        ),
        (
            Words("Living conditions", "Amodau byw", "Warunki życia", "ظروف المعيشة"),
            {"scale": "con", "category": "conditions_family"},
        ),
        (
            Words("Feeling safe", "Teimlo'n ddiogel", "Poczucie bezpieczeństwa", "الشعور بالأمان"),
            {"scale": "saf", "category": "security"},
        ),
        (
            Words("Having a say", "Cael dweud eich dweud", "Mieć głos", "إبداء الرأي"),
            {"scale": "voi", "category": "voice"},
        ),
    ),
)

SUGGESTION: Final = Example(
    "suggestion",
    "suggestion",
    Words("Suggest something", "Awgrymu rhywbeth", "Zaproponuj coś", "قدّم اقتراحًا"),
    (
        Asked("begin_group", "idea", Words("Your idea", "Eich syniad", "Twój pomysł", "فكرتك")),
        Asked(
            "select_one topic",
            "topic",
            Words("What is it about?", "Am beth mae'n sôn?", "Czego to dotyczy?", "ما الموضوع؟"),
        ),
        Asked(
            "select_one meal",
            "meal",
            Words("Which meal is it?", "Pa bryd bwyd ydy e?", "Który posiłek?", "أي وجبة؟"),
            more={"relevant": "${topic} = 'food'"},
        ),
        Asked(
            "select_multiple wrong",
            "wrong",
            Words("What is wrong now?", "Beth sydd o'i le nawr?", "Co jest teraz nie tak?", "ما المشكلة الآن؟"),
            CHOOSE_ALL,
        ),
        Asked(
            "select_one better",
            "better",
            Words(
                "What would help most?",
                "Beth fyddai'n helpu fwyaf?",
                "Co najbardziej by pomogło?",
                "ما أكثر شيء يساعد؟",
            ),
        ),
        Asked(
            "text",
            "words",
            Words(
                "Would you like to add some words? Leave out names, please.",
                "Hoffech chi ychwanegu geiriau? Peidiwch â rhoi enwau, os gwelwch yn dda.",
                "Czy chcesz dodać kilka słów? Proszę nie podawać nazwisk.",
                "هل تريد إضافة بعض الكلمات؟ من فضلك لا تذكر أسماء.",
            ),
            Words(
                "This is a demonstration. Please do not write about real people or events.",
                "Arddangosiad yw hwn. Peidiwch ag ysgrifennu am bobl na digwyddiadau go iawn.",
                "To jest pokaz. Proszę nie pisać o prawdziwych osobach ani zdarzeniach.",
                "هذا عرض توضيحي. يرجى عدم الكتابة عن أشخاص أو أحداث حقيقية.",
            ),
            more={"appearance": "multiline"},
        ),
        Asked("end_group", ""),
    ),
    (
        Offered("topic", "food", Words("Food", "Bwyd", "Jedzenie", "الطعام")),
        Offered("topic", "healthcare", Words("Healthcare", "Gofal iechyd", "Opieka zdrowotna", "الرعاية الصحية")),
        Offered(
            "topic",
            "visits",
            Words("Visits and calls", "Ymweliadau a galwadau", "Wizyty i telefony", "الزيارات والمكالمات"),
        ),
        Offered(
            "topic", "cell", Words("Cells and the wing", "Celloedd a'r adain", "Cele i oddział", "الزنازين والجناح")
        ),
        Offered("topic", "work", Words("Work and learning", "Gwaith a dysgu", "Praca i nauka", "العمل والتعلم")),
        Offered("topic", "staff", Words("Staff", "Staff", "Personel", "الموظفون")),
        Offered("topic", "safety", Words("Feeling safe", "Teimlo'n ddiogel", "Bezpieczeństwo", "الأمان")),
        Offered("topic", "other", Words("Something else", "Rhywbeth arall", "Coś innego", "شيء آخر")),
        _skip("topic"),
        Offered("meal", "morning", Words("Breakfast", "Brecwast", "Śniadanie", "الفطور")),
        Offered("meal", "midday", Words("The midday meal", "Pryd canol dydd", "Posiłek w południe", "وجبة الظهر")),
        Offered("meal", "evening", Words("The evening meal", "Pryd min nos", "Posiłek wieczorny", "وجبة المساء")),
        _skip("meal"),
        Offered(
            "wrong",
            "little",
            Words("There is too little of it", "Does dim digon", "Jest tego za mało", "الكمية قليلة جدًا"),
        ),
        Offered(
            "wrong", "poor", Words("It is poor quality", "Mae'r ansawdd yn wael", "Jakość jest słaba", "الجودة سيئة")
        ),
        Offered(
            "wrong",
            "slow",
            Words("It takes too long", "Mae'n cymryd gormod o amser", "To trwa za długo", "يستغرق وقتًا طويلًا"),
        ),
        Offered("wrong", "fair", Words("It is not fair", "Dydy e ddim yn deg", "To niesprawiedliwe", "هذا غير عادل")),
        Offered(
            "wrong",
            "told",
            Words("Nobody tells us", "Does neb yn dweud wrthon ni", "Nikt nam nic nie mówi", "لا أحد يخبرنا"),
        ),
        Offered(
            "wrong",
            "none",
            Words("None of these", "Dim un o'r rhain", "Żadne z tych", "لا شيء مما سبق"),
            {"exclusive": "yes"},
        ),
        _skip("wrong"),
        Offered(
            "better",
            "mend",
            Words("Mend or replace it", "Ei drwsio neu ei newid", "Naprawić lub wymienić", "إصلاحه أو استبداله"),
        ),
        Offered("better", "times", Words("Change the times", "Newid yr amserau", "Zmienić godziny", "تغيير المواعيد")),
        Offered("better", "choice", Words("Give more choice", "Rhoi mwy o ddewis", "Dać większy wybór", "خيارات أكثر")),
        Offered(
            "better", "tell", Words("Tell us more", "Dweud mwy wrthon ni", "Więcej nas informować", "إخبارنا بالمزيد")
        ),
        Offered(
            "better",
            "together",
            Words("Let residents help", "Gadael i breswylwyr helpu", "Pozwolić mieszkańcom pomagać", "إشراك المقيمين"),
        ),
        _skip("better"),
    ),
)

SHOUT_OUT: Final = Example(
    "shout-out",
    "shout-out",
    Words("Thank someone", "Diolch i rywun", "Podziękuj komuś", "اشكر شخصًا"),
    (
        Asked("begin_group", "thanks", Words("Your thanks", "Eich diolch", "Twoje podziękowanie", "شكرك")),
        Asked(
            "select_one who",
            "who",
            Words(
                "Who do you want to thank?",
                "I bwy hoffech chi ddiolch?",
                "Komu chcesz podziękować?",
                "من تريد أن تشكر؟",
            ),
        ),
        Asked(
            "select_one part",
            "part",
            Words("What was their part?", "Beth oedd eu rhan?", "Jaka była jego rola?", "ما كان دوره؟"),
            more={"relevant": "${who} = 'resident'"},
        ),
        Asked(
            "select_multiple what",
            "what",
            Words("What did they do?", "Beth wnaethon nhw?", "Co zrobiła ta osoba?", "ماذا فعل؟"),
            CHOOSE_ALL,
        ),
        Asked("end_group", ""),
    ),
    (
        Offered("who", "officer", Words("An officer", "Swyddog", "Funkcjonariusz", "ضابط")),
        Offered("who", "nurse", Words("Healthcare", "Gofal iechyd", "Opieka zdrowotna", "الرعاية الصحية")),
        Offered("who", "teacher", Words("A teacher", "Athro neu athrawes", "Nauczyciel", "معلم")),
        Offered("who", "chaplain", Words("A chaplain", "Caplan", "Kapelan", "مرشد ديني")),
        Offered(
            "who",
            "resident",
            Words("A resident who helped", "Preswylydd a helpodd", "Mieszkaniec, który pomógł", "مقيم ساعدني"),
        ),
        Offered("who", "other", Words("Someone else", "Rhywun arall", "Ktoś inny", "شخص آخر")),
        _skip("who"),
        Offered("part", "listener", Words("A Listener", "Gwrandäwr", "Listener (osoba, która słucha)", "مستمع")),
        Offered("part", "mentor", Words("A mentor", "Mentor", "Mentor", "مرشد")),
        Offered(
            "part", "worker", Words("A wing worker", "Gweithiwr ar yr adain", "Pracuje na oddziale", "عامل في الجناح")
        ),
        Offered("part", "neighbour", Words("A neighbour", "Cymydog", "Sąsiad", "جار")),
        _skip("part"),
        Offered("what", "listen", Words("They listened", "Gwrandawon nhw", "Wysłuchanie", "استمع إليّ")),
        Offered("what", "help", Words("They helped me", "Helpon nhw fi", "Pomoc", "ساعدني")),
        Offered("what", "kind", Words("They were kind", "Roedden nhw'n garedig", "Życzliwość", "كان لطيفًا")),
        Offered(
            "what",
            "calm",
            Words("They kept things calm", "Cadwon nhw bethau'n dawel", "Zachowanie spokoju", "حافظ على الهدوء"),
        ),
        Offered(
            "what",
            "teach",
            Words("They taught me something", "Dysgon nhw rywbeth i fi", "Nauczenie czegoś", "علّمني شيئًا"),
        ),
        Offered(
            "what",
            "none",
            Words("None of these", "Dim un o'r rhain", "Żadne z tych", "لا شيء مما سبق"),
            {"exclusive": "yes"},
        ),
        _skip("what"),
    ),
)

PROPOSAL: Final = Example(
    "proposal",
    "survey",
    Words(
        "Later association: what do you think?",
        "Cymdeithasu'n hwyrach: beth yw eich barn?",
        "Dłuższy czas wolny: co o tym myślisz?",
        "وقت أطول للقاء: ما رأيك؟",
    ),
    (
        Asked("begin_group", "idea", Words("One idea", "Un syniad", "Jeden pomysł", "فكرة واحدة")),
        Asked(
            "note",
            "about",
            Words(
                "Someone had an idea. Association could end one hour later, one evening a week.",
                "Cafodd rhywun syniad. Gallai cymdeithasu orffen awr yn hwyrach, un noson yr wythnos.",
                "Ktoś miał pomysł. Raz w tygodniu wspólny czas wolny mógłby trwać godzinę dłużej.",
                "لدى أحدهم فكرة. يمكن أن ينتهي وقت اللقاء متأخرًا ساعة، مساءً واحدًا في الأسبوع.",
            ),
            Words(
                "We ask what people think. Managers decide, and will say why.",
                "Rydyn ni'n gofyn beth yw barn pobl. Rheolwyr sy'n penderfynu, a byddan nhw'n dweud pam.",
                "Pytamy, co ludzie o tym myślą. Decyduje kierownictwo i powie dlaczego.",
                "نسأل الناس عن رأيهم. المديرون يقررون وسيشرحون السبب.",
            ),
        ),
        Asked(
            "select_one yes_no_unsure",
            "later",
            Words(
                "Do you think this is a good idea?",
                "Ydych chi'n meddwl bod hyn yn syniad da?",
                "Czy to dobry pomysł?",
                "هل تعتقد أنها فكرة جيدة؟",
            ),
        ),
        Asked(
            "select_one evening",
            "evening",
            Words(
                "Which evening would be best?",
                "Pa noson fyddai orau?",
                "Który wieczór byłby najlepszy?",
                "أي مساء هو الأفضل؟",
            ),
            more={"relevant": "${later} = 'yes'"},
        ),
        Asked(
            "select_multiple reason",
            "reason",
            Words(
                "What worries you about it?",
                "Beth sy'n eich poeni amdano?",
                "Co cię w tym martwi?",
                "ما الذي يقلقك فيها؟",
            ),
            CHOOSE_ALL,
            more={"relevant": "${later} = 'no'"},
        ),
        Asked("end_group", ""),
    ),
    (
        Offered("yes_no_unsure", "yes", Words("Yes", "Ydw", "Tak", "نعم")),
        Offered("yes_no_unsure", "no", Words("No", "Nac ydw", "Nie", "لا")),
        Offered("yes_no_unsure", "not-sure", Words("Not sure", "Ddim yn siŵr", "Nie wiem", "لست متأكدًا")),
        _skip("yes_no_unsure"),
        Offered(
            "evening",
            "week",
            Words(
                "Monday to Thursday", "Dydd Llun i ddydd Iau", "Od poniedziałku do czwartku", "من الاثنين إلى الخميس"
            ),
        ),
        Offered("evening", "friday", Words("Friday", "Dydd Gwener", "Piątek", "الجمعة")),
        Offered(
            "evening",
            "weekend",
            Words("Saturday or Sunday", "Dydd Sadwrn neu ddydd Sul", "Sobota lub niedziela", "السبت أو الأحد"),
        ),
        _skip("evening"),
        Offered("reason", "noise", Words("Noise at night", "Sŵn yn y nos", "Hałas w nocy", "الضوضاء ليلًا")),
        Offered("reason", "staff", Words("Too few staff", "Rhy ychydig o staff", "Za mało personelu", "قلة الموظفين")),
        Offered(
            "reason",
            "safety",
            Words("Feeling less safe", "Teimlo'n llai diogel", "Mniejsze bezpieczeństwo", "أمان أقل"),
        ),
        Offered(
            "reason",
            "none",
            Words("None of these", "Dim un o'r rhain", "Żadne z tych", "لا شيء مما سبق"),
            {"exclusive": "yes"},
        ),
        _skip("reason"),
    ),
)

EXAMPLES: Final = (WING_LIFE, SUGGESTION, SHOUT_OUT, PROPOSAL)
