"""The 64 pictures of come-back codes: their names, and the kinds by which they stand on pages.

Rule 1: a picture's place in the table is its number in `models.comeback`: rows are never moved, added or taken out.
Rule 2: eight a page, by kind; no name comes twice, and those of a page begin with different sounds: all in English,
    Welsh, Polish and Arabic, in the other languages as far as everyday words allow.
Rule 3: the eight of a page count differently in the check digit, so that one taken for another is always told.
"""

from __future__ import annotations

from typing import Final

from kiosk.presenters.shown import Phrase

A_PAGE: Final = 8
KINDS: Final = (
    Phrase("kind", "Animals"),
    Phrase("kind", "Food"),
    Phrase("kind", "Outdoors"),
    Phrase("kind", "Travel"),
    Phrase("kind", "Play"),
    Phrase("kind", "Clothes"),
    Phrase("kind", "Home"),
    Phrase("kind", "Tools"),
)
NAMES: Final = (
    ("code-dog", Phrase("picture", "Dog")),
    ("code-fish", Phrase("picture", "Fish")),
    ("code-cow", Phrase("picture", "Cow")),
    ("code-snail", Phrase("picture", "Snail")),
    ("code-elephant", Phrase("picture", "Elephant")),
    ("code-lion", Phrase("picture", "Lion")),
    ("code-hedgehog", Phrase("picture", "Hedgehog")),
    ("code-giraffe", Phrase("picture", "Giraffe")),
    ("code-apple", Phrase("picture", "Apple")),
    ("code-banana", Phrase("picture", "Banana")),
    ("code-grapes", Phrase("picture", "Grapes")),
    ("code-cheese", Phrase("picture", "Cheese")),
    ("code-lemon", Phrase("picture", "Lemon")),
    ("code-cake", Phrase("picture", "Cake")),
    ("code-mushroom", Phrase("picture", "Mushroom")),
    ("code-pineapple", Phrase("picture", "Pineapple")),
    ("code-sun", Phrase("picture", "Sun")),
    ("code-flower", Phrase("picture", "Flower")),
    ("code-cloud", Phrase("picture", "Cloud")),
    ("code-rainbow", Phrase("picture", "Rainbow")),
    ("code-leaf", Phrase("picture", "Leaf")),
    ("code-mountain", Phrase("picture", "Mountain")),
    ("code-wave", Phrase("picture", "Wave")),
    ("code-palm", Phrase("picture", "Palm tree")),
    ("code-bus", Phrase("picture", "Bus")),
    ("code-boat", Phrase("picture", "Sailing boat")),
    ("code-plane", Phrase("picture", "Plane")),
    ("code-tractor", Phrase("picture", "Tractor")),
    ("code-rocket", Phrase("picture", "Rocket")),
    ("code-helicopter", Phrase("picture", "Helicopter")),
    ("code-map", Phrase("picture", "Map")),
    ("code-wheel", Phrase("picture", "Wheel")),
    ("code-football", Phrase("picture", "Football")),
    ("code-guitar", Phrase("picture", "Guitar")),
    ("code-drum", Phrase("picture", "Drum")),
    ("code-trumpet", Phrase("picture", "Trumpet")),
    ("code-medal", Phrase("picture", "Medal")),
    ("code-jigsaw", Phrase("picture", "Jigsaw")),
    ("code-headphones", Phrase("picture", "Headphones")),
    ("code-yo-yo", Phrase("picture", "Yo-yo")),
    ("code-shoe", Phrase("picture", "Shoe")),
    ("code-mittens", Phrase("picture", "Mittens")),
    ("code-dress", Phrase("picture", "Dress")),
    ("code-scarf", Phrase("picture", "Scarf")),
    ("code-watch", Phrase("picture", "Watch")),
    ("code-jeans", Phrase("picture", "Jeans")),
    ("code-umbrella", Phrase("picture", "Umbrella")),
    ("code-crown", Phrase("picture", "Crown")),
    ("code-house", Phrase("picture", "House")),
    ("code-chair", Phrase("picture", "Chair")),
    ("code-bed", Phrase("picture", "Bed")),
    ("code-mirror", Phrase("picture", "Mirror")),
    ("code-radio", Phrase("picture", "Radio")),
    ("code-gift", Phrase("picture", "Gift")),
    ("code-soap", Phrase("picture", "Soap")),
    ("code-toothbrush", Phrase("picture", "Toothbrush")),
    ("code-hammer", Phrase("picture", "Hammer")),
    ("code-pencil", Phrase("picture", "Pencil")),
    ("code-battery", Phrase("picture", "Battery")),
    ("code-telescope", Phrase("picture", "Telescope")),
    ("code-magnifying-glass", Phrase("picture", "Magnifying glass")),
    ("code-camera", Phrase("picture", "Camera")),
    ("code-envelope", Phrase("picture", "Envelope")),
    ("code-thread", Phrase("picture", "Thread")),
)
