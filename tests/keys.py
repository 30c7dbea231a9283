"""Keys counted as an agent presses them (design/ux.md: K is a key, a chord is counted by its keys)."""


class Keys:
    """Types in a page of a real browser, and counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def type(self, text):
        self.count += len(text)
        self.page.keyboard.type(text, delay=20)

    def press(self, *chords):
        for chord in chords:
            self.count += len(chord.split("+"))
            self.page.keyboard.press(chord)
