"""One error tree: the family of an error says who must act.

Rule 1: each class has a number, for staff to read out, and a sentence in plain words.
Rule 2: the facts of a sentence are ids, counts, versions and reasons; never an answer, never a person.
Rule 3: a mistake of our own is a RuntimeError, stands outside this tree, and stops the program.
"""

from __future__ import annotations

from typing import ClassVar


class WingVoiceError(Exception):
    """Anything that goes wrong for a reason outside the program; `str()` is the sentence with its facts."""

    number: ClassVar[int] = 100
    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))


class AnswerError(WingVoiceError):
    """The person at the screen is told kindly, and the old sheet stands.

    `reason` is one of not-a-number, out-of-range, not-a-date, too-long, not-offered, constraint, required.
    `words` is the author's own message in the person's language, or None where ours is used.
    """

    number = 110
    sentence = "This answer does not fit ({reason})."

    def __init__(self, reason: str, question: str, words: str | None = None) -> None:
        self.reason, self.question, self.words = reason, question, words
        super().__init__(reason=reason)


class ExpressionError(WingVoiceError):
    """An expression that cannot be read or run; never leaves models and authoring.

    `position` counts characters of the author's text from 0. `reason` is one of syntax, unknown-function, arity,
    not-a-list, unknown-name, bad-pattern, too-long, too-deep, too-costly.
    """

    number = 120
    sentence = "At character {position}: {detail}"

    def __init__(self, position: int, reason: str, detail: str = "") -> None:
        self.position, self.reason = position, reason
        super().__init__(position=position, detail=detail or reason)


class DeliveryError(WingVoiceError):
    """Staff: this bundle is not good; the sentence says why and what to do. The shelf is unchanged."""

    number = 200
    sentence = "This content cannot be used. Nothing was changed."


class UnreadableQuestionnaireError(DeliveryError):
    """Bytes that are not a questionnaire this program would itself have written."""

    number = 201
    sentence = "A questionnaire cannot be read ({detail}). Nothing was changed."


class CourierError(WingVoiceError):
    """The road failed; nobody acts, the postman tries again."""

    number = 300
    sentence = "The road to central is closed just now. Answers are safe and wait here."


class VaultError(WingVoiceError):
    """Staff on the wing are called; the vault is left as it is. `passes`: it may be good to try again by itself."""

    number = 400
    passes: ClassVar[bool] = True
    sentence = "This kiosk cannot open its store. Please call staff."


class VaultMissingError(VaultError):
    """No file, or no keys, where the vault should be."""

    number = 401
    sentence = "This kiosk has no store here: {missing} is missing. It must be enrolled, or its files put back."


class WrongKeyError(VaultError):
    """The key does not fit; the file may be whole."""

    number = 402
    passes = False
    sentence = "The key does not fit this kiosk's store. Nothing was changed."


class VaultCorruptError(VaultError):
    """The key fits but the file is damaged, or not of this program's shape; it is never overwritten."""

    number = 403
    passes = False
    sentence = "This kiosk's store is damaged. It was left as it is. Please call support."


class VaultFullError(VaultError):
    """No room on the disk: the sitting is refused in words and nothing is lost."""

    number = 404
    sentence = "There is no room left on this kiosk. Answers already given are safe. Please call support."


class SealError(WingVoiceError):
    """Opaque on purpose: something did not open or verify, and it does not say why."""

    number = 500
    sentence = "This does not open."


class BatchError(WingVoiceError):
    """Central's operator: bytes that are not a batch, receipt, grant, hello or request."""

    number = 600
    sentence = "A parcel cannot be read ({detail})."


class AuthoringError(WingVoiceError):
    """The author: every refusal of one run, each with sheet, row, column, code and reason."""

    number = 700
    sentence = "The workbook was refused: {count} problems. Nothing was written."


class OpeningError(WingVoiceError):
    """Central's operator at the opening desk."""

    number = 800
    sentence = "The opening desk cannot open this campaign: {detail}"


class ResultsError(WingVoiceError):
    """Central's operator at the results desk."""

    number = 810
    sentence = "The results cannot be made: {detail}"


class CentralError(WingVoiceError):
    """Central's operator: ceremony, press, enrolment or ledger; the sentence names what to do."""

    number = 820
    sentence = "{detail}"


class CountError(WingVoiceError):
    """Whoever counts: the votes cannot be counted by this rule. Nothing was counted or written."""

    number = 840
    sentence = "These votes cannot be counted: {detail}. Nothing was counted."

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail=detail)


class UnreadableVotesError(CountError):
    """A votes file (BLT) that is refused; `line` counts from 1, and no text of the file is repeated."""

    number = 841
    sentence = "{file}, line {line}: {detail}. Nothing was counted."

    def __init__(self, file: str, line: int, detail: str) -> None:
        self.file, self.line, self.detail = file, line, detail
        WingVoiceError.__init__(self, file=file, line=line, detail=detail)


class LotNeededError(CountError):
    """Candidates are equal and no lot was given; `candidates` are numbers, ascending, `stage` as in the lot's hash."""

    number = 842
    sentence = "Stage {stage} needs a lot ({over}) between candidates {numbers}. Nothing was counted."

    def __init__(self, stage: int, over: str, candidates: tuple[int, ...]) -> None:
        self.stage, self.over, self.candidates = stage, over, candidates
        numbers = ", ".join(map(str, candidates))
        WingVoiceError.__init__(self, stage=stage, over=over, numbers=numbers)


class ElectionError(WingVoiceError):
    """Elections; each child names who must act. `logged` is the sentence for a log: the same for all who cause it.

    Neither sentence ever holds a code, a choice or a name that was typed.
    """

    number = 900
    sentence = "This election cannot go on ({detail})."
    logged: ClassVar[str] = "an election was stopped"


class VoterError(ElectionError):
    """The voter, told kindly: try again or see the clerk; nothing was stored."""

    number = 910
    sentence = "That did not work. Please try again, or ask the clerk."
    logged = "a slip was refused"


class WrongCodeError(VoterError):
    """Digits, check digits, another election or another electorate: the sentence does not say which."""

    number, sentence = 911, "That number is not right."


class SlipUsedHereError(VoterError):
    """The slip has voted on this kiosk already."""

    number, sentence = 912, "This slip has voted already. If that was not you, please tell the clerk."


class UnreadableBallotError(ElectionError):
    """Opened bytes that are no ballot; they are counted as unreadable and nobody need act."""

    number, sentence, logged = 919, "This ballot cannot be read.", "a ballot cannot be read"


class ClerkError(ElectionError):
    """The clerk: the booth does not open; vote on paper and call the returning officer."""

    number = 920
    sentence = "The booth cannot open ({detail}). Please use paper ballots."
    logged = "the booth did not open"


class OtherElectionError(ClerkError):
    """Definition or key list missing, or of another D than the poster says."""

    number, sentence = 921, "This kiosk does not hold this election ({detail}). Please use paper ballots."


class StrangeKioskError(ClerkError):
    """The definition does not name this kiosk, or names it with another key."""

    number, sentence = 922, "This kiosk is not part of this election. Please use paper ballots."


class PollNotOpenError(ClerkError):
    """Somebody votes before the poll was opened here, or after it was closed."""

    number, sentence = 923, "The poll is not open on this kiosk."


class PollOpenError(ClerkError):
    """Somebody opens a poll while one is open, or exports a box that is not closed."""

    number, sentence = 924, "The poll is open on this kiosk: close it first."


class PollOverError(ClerkError):
    """Somebody opens a box after the election's final board came and its boxes were emptied."""

    number, sentence = 925, "This election is over on this kiosk. No box was opened."


class RegistrarError(ElectionError):
    """The registrar: nothing was exported."""

    number = 930
    sentence = "The slips are not right ({detail}). Nothing was written."
    logged = "the registrar's work was refused"


class ReturningOfficerError(ElectionError):
    """The returning officer: it stops here, and the decision is written down."""

    number = 940
    sentence = "The returning officer must decide ({detail}). Nothing was written."
    logged = "the returning officer must decide"


class PlanRefusedError(ReturningOfficerError):
    """A plan or definition that breaks a rule; `detail` names contest, field and reason."""

    number, sentence = 941, "The election cannot be held like this: {detail}. Nothing was written."


class LateBoxError(ReturningOfficerError):
    """A box that the close record does not name."""

    number, sentence = 942, "Box {box} came after the close record and does not count. Nothing was written."


class AccountsError(ReturningOfficerError):
    """Printed, issued, returned, audit and unissued slips do not add up."""

    number, sentence = 943, "The accounts do not add up ({detail}). Nothing was written."


class NominationError(ReturningOfficerError):
    """A nomination that cannot be as somebody wants it now; `who` must act."""

    number, sentence = 944, "That cannot be done: {detail}. Who must act: {who}. Nothing was written."
    logged = "a nomination was refused"


class VacancyError(ReturningOfficerError):
    """A seat that cannot be filled as asked."""

    number, sentence = 945, "No seat can be filled: {detail}. Nothing was written."
    logged = "a vacancy was refused"


class TrusteeError(ElectionError):
    """The trustees: nothing is opened or published."""

    number = 950
    sentence = "The trustees must stop ({detail}). Nothing was opened."
    logged = "an opening was stopped"


class TooFewBallotsError(TrusteeError):
    """A contest below its minimum is destroyed unread."""

    number, sentence = 951, "Contest {contest} has too few ballots to be opened. Its ballots stay unread."


class SharesError(TrusteeError):
    """Words of a share that cannot be read, or shares of another key."""

    number, sentence = 952, "These shares do not give the election's key ({detail}). Nothing was opened."


class OpeningsDifferError(TrusteeError):
    """Two laptops came to different results."""

    number, sentence = 953, "The two openings differ in {detail}. Nothing was published."


class AuditError(TrusteeError):
    """An audit ballot is not what its card says."""

    number, sentence = 954, "Contest {contest}: an audit ballot is not as its card says. Nothing was opened."


class BoardError(ElectionError):
    """Anybody who verifies: a file of the board is missing or not what it must be."""

    number = 960
    sentence = "The board does not hold: {detail}"
    logged = "a board did not verify"
