"""Why a bundle is refused, one class a reason, each with the sentence that staff read (custody.md section 8).

Rule 1: every sentence says what to do next, and that nothing was changed.
Rule 2: a refusal carries ids, names of files and versions; never content.
Rule 3: what the shelf itself would refuse (another place, an unknown key, an older bundle) is named in models.shelf.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from models.errors import DeliveryError
from models.shelf import Bundle, OlderDeliveryError


class NothingCarriedError(DeliveryError):
    """No delivery on this road."""

    number, sentence = 210, "There is nothing for this kiosk on the stick."


class DamagedDeliveryError(DeliveryError):
    """A file is missing, torn, or not the one that was signed."""

    number = 211
    sentence = "A file on the stick is damaged or was changed. Nothing was changed. Please use another stick."


class NotOurPressError(DeliveryError):
    """Not signed by us, too few signatures, or signed by somebody who may not sign this."""

    number = 212
    sentence = "This content does not come from our press. Nothing was changed. Keep the stick and call support."


class MixedDeliveryError(DeliveryError):
    """Genuine files of different days laid together."""

    number = 213
    sentence = "The files on this stick do not belong together. Nothing was changed. Ask for it to be written again."


class OlderContentError(OlderDeliveryError):
    """A forgotten stick, or a replay, told apart before anything else of it was fetched."""

    number = 214
    sentence = "This stick holds older content than the kiosk already has. Nothing was changed. Ask for a newer stick."


class ExpiredContentError(DeliveryError):
    """Consultations and words past their day; `accept_at` is a reference time at which they were still good."""

    number, sentence = 216, "This content is out of date. You can still use it with your PIN."

    def __init__(self, expires: datetime) -> None:
        self.accept_at = expires - timedelta(seconds=1)
        super().__init__()


class ExpiredKeysError(DeliveryError):
    """Root, keys or roll past their day; nobody on the wing may accept these."""

    number, sentence = 217, "This update is out of date and cannot be used."


class StrayFilesError(DeliveryError):
    """Too many, too big, or oddly named."""

    number = 219
    sentence = "This stick has files that do not belong here. Nothing was changed. Use a clean stick."


class NoRoomError(DeliveryError):
    """The disk is nearly full."""

    number = 220
    sentence = "There is too little room. Nothing was changed. Answers are safe. Call support."


class NewerProgramError(DeliveryError):
    """Content in a format that this program does not know yet."""

    number = 221
    sentence = "This content needs a newer program. Install the update first. Nothing was changed."


class RevokedKioskError(DeliveryError):
    """Central has listed this kiosk as out of service; `bundle` is good, and installing it keeps the list."""

    number, sentence = 222, "This kiosk has been taken out of service by central."

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        super().__init__()
