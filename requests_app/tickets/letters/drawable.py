"""Which characters the fonts of our letters can render: PDF/UA refuses any other (threats: W16).

Typst ships its own fonts, without Chinese, Tamil, Thai or colour emoji. A person may have such a name, or
write « Merci 😀 »: their letter is printed all the same, and so are the others of the same batch.
"""

from unicodedata import category

TURNS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # directional marks
MISSING = (
    "\u25a1"  # a white square replaces a character nobody can print: whoever proofreads the letter sees it
)
# First and last character of each range, measured on typst's fonts: Latin, Greek, Cyrillic, Armenian,
# Hebrew, Arabic and Persian, Georgian, Vietnamese, then punctuation, arrows, currencies and frames.
RANGES = (
    (0x20, 0x477),
    (0x531, 0x55F),
    (0x561, 0x587),
    (0x58F, 0x5F4),
    (0x621, 0x63A),
    (0x640, 0x655),
    (0x660, 0x66D),
    (0x67E, 0x67E),
    (0x686, 0x686),
    (0x698, 0x698),
    (0x6A4, 0x6A4),
    (0x6A9, 0x6A9),
    (0x6AF, 0x6AF),
    (0x6CC, 0x6CC),
    (0x6F0, 0x6F9),
    (0x10D0, 0x10FA),
    (0x1E00, 0x2040),
    (0x2044, 0x211E),
    (0x2126, 0x2151),
    (0x2190, 0x23FF),
    (0x24B6, 0x2606),
    (0xFB00, 0xFB06),
    (0xFB1D, 0xFB4F),
)
SURE = ((0x20, 0x17F), (0x2010, 0x2026), (0x20AC, 0x20AC), (0x25A1, 0x25A1))
NO_SIGN = {"Cc", "Cn", "Co", "Cs"}


def replace_unprintable(text: str, among: tuple[tuple[int, int], ...] = RANGES) -> str:
    """Return the text as it can be printed, in the order it was written; line ends are preserved."""
    return "".join(_replace_character(character, among) for character in text)


def _replace_character(character: str, among: tuple[tuple[int, int], ...]) -> str:
    kind = category(character)
    if character == "\n":
        return character
    if character in TURNS or kind in NO_SIGN:
        return ""
    if any(first <= ord(character) <= last for first, last in among):
        return character
    return MISSING if kind[0] in "LN" else ""
