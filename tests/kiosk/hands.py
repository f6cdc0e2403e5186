"""Hands that mean no good: keys, text, files, wheels, fingers and the window manager, put into SDL's own queue.

1. Each is the event that the system itself would make, in the bytes of SDL 2; nothing of Kivy is called.
2. What arrives is the program's business: the hands look at nothing.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Final

from tests.kiosk.driver import sdl

ESCAPE, TAB, ENTER, BACKSPACE, SPACE = 27, 9, 13, 8, 32
F1, F2, F3, F4, F5, F10, F11, F12 = (0x4000003A + at for at in (0, 1, 2, 3, 4, 9, 10, 11))
PRINT_SCREEN, PAUSE, INSERT, HOME, MENU, BACK = 0x40000046, 0x40000048, 0x40000049, 0x4000004A, 0x40000065, 0x4000010E
SHIFT, CTRL, ALT, GUI = 0x0001, 0x0040, 0x0100, 0x0400
_WINDOW: Final = 1
_EVENT_BYTES: Final = 128
MINIMIZED, MAXIMIZED, RESTORED, FOCUS_GAINED, FOCUS_LOST, LEAVE, HIDDEN, SHOWN, CLOSE = 7, 8, 9, 12, 13, 11, 2, 1, 14


def _push(form: str, *values: object) -> None:
    event = (ctypes.c_char * _EVENT_BYTES)()
    struct.pack_into(form, event, 0, *values)
    sdl().SDL_PushEvent(ctypes.byref(event))


def press(key: int, held: int = 0) -> None:
    """Press a key and let it go, with others held."""
    for kind, state in ((0x300, 1), (0x301, 0)):
        _push("<IIIBBBBiiHxxI", kind, 0, _WINDOW, state, 0, 0, 0, 0, key, held, 0)


def write(text: str) -> None:
    """Type text as a keyboard on a USB socket would, each letter as a key and as a letter."""
    for char in text:
        press(ord(char))
        _push("<III32s", 0x303, 0, _WINDOW, char.encode())


def ask_to_quit() -> None:
    """Ask the program to end, as the desktop does, and a signal where nobody has said otherwise."""
    _push("<II", 0x100, 0)


def window(what: int, first: int = 0, second: int = 0) -> None:
    """Let the window manager do something to the window."""
    _push("<IIIB3xii", 0x200, 0, _WINDOW, what, first, second)


def drop(path: str) -> None:
    """Drag a file on to the window, and its name as text."""
    copy = sdl().SDL_strdup
    copy.restype = ctypes.c_void_p
    for kind, told in ((0x1002, None), (0x1000, path), (0x1001, path), (0x1003, None)):
        pointer = 0 if told is None else copy(ctypes.c_char_p(told.encode()))
        _push("<IIQI", kind, 0, pointer, _WINDOW)


def turn_wheel(steps: int) -> None:
    """Turn a mouse's wheel."""
    _push("<IIIIiiI", 0x403, 0, _WINDOW, 0, 0, steps, 0)


def fingers(spots: list[tuple[float, float]]) -> None:
    """Lay several fingers on the glass at once, in shares of the page from the upper left, and take them away."""
    for kind in (0x700, 0x701):
        for number, (x, y) in enumerate(spots):
            _push("<IIqqfffffI", kind, 0, 1, number, x, y, 0.0, 0.0, 1.0, _WINDOW)


def joystick(button: int) -> None:
    """Press a button of a game pad, and push its stick."""
    _push("<IIiBB2x", 0x603, 0, 0, button, 1)
    _push("<IIiB3xh2x", 0x600, 0, 0, 0, 32_000)
    _push("<IIiBB2x", 0x604, 0, 0, button, 0)
