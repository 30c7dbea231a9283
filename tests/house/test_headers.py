"""The bar above every page, all of it by the keyboard; on one row, on a telephone: tests/faults."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeless, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360)
# Each control of the bar crosses its middle, within the window, and covers no other.
OFF_THE_ROW = r"""() => {
  const bar = document.querySelector(".topbar, .pbar")
  if (!bar) return document.querySelector(".signin") ? "" : "no bar"
  const box = bar.getBoundingClientRect(), middle = box.top + box.height / 2, found = []
  if (box.height > 72) found.push(`${Math.round(box.height)} px high`)
  const controls = [...bar.querySelectorAll("a, button, summary, .command, span.brand")]
    .filter(one => one.checkVisibility() && !one.closest("details.menu > :not(summary)"))
    .map(one => [one.textContent.trim().replace(/\s+/g, " ").slice(0, 30), one.getBoundingClientRect()])
    .sort(([, a], [, b]) => a.left - b.left)
  controls.forEach(([name, at], rank) => {
    const [before, last] = controls[rank - 1] ?? ["", { right: 0 }]
    if (at.width < 24 || at.height < 24) found.push(`${name}: too small`)
    if (at.top > middle || at.bottom < middle || at.height > box.height) found.push(`${name}: off the row`)
    if (at.left < 0 || at.right > innerWidth) found.push(`${name}: out of the window`)
    if (last.right > at.left + 1) found.push(`${name}: over ${before}`)
  })
  return found.join(", ")
}"""
HERE = r"""() => {
  const one = document.activeElement
  if (!one.closest(".topbar, .pbar")) return ""
  const box = one.getBoundingClientRect()
  const under = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
  const isSeen = one.contains(under) || under?.closest("form")?.contains(one)
  return (isSeen ? "" : "hidden: ") + (one.labels?.[0] ?? one).textContent.trim().replace(/\s+/g, " ")
}"""


def reached(page):
    """What Tab meets in the bar, from the top of the page."""
    page.set_viewport_size({"width": 360, "height": 700})
    page.evaluate("document.activeElement.blur()")
    found = []
    for _each in range(12):
        page.keyboard.press("Tab")
        if name := page.evaluate(HERE):
            found.append(name)
        elif found:
            break
    return found


def test_the_keyboard_reaches_all_of_the_bar_of_staff(browse, chloe):
    page = browse(chloe, "/tri/")
    found = reached(page)
    assert [name for name in found if name.startswith("hidden")] == []
    assert len(found) == 4
    assert "changer de lieu" in found[0]
    assert "Chercher" in found[1]
    assert "Retour du terrain" in found[2]
    assert "mon compte" in found[3]
    page.keyboard.press("Shift+Tab")  # one went on to the page, to know where the bar ends
    page.keyboard.press("Enter")
    for name in ("Verrouiller", "Changer d’agent", "Se déconnecter"):
        assert page.get_by_role("button", name=name).is_visible()


def test_the_keyboard_reaches_all_of_the_bar_of_citizens(browse, territory):
    found = reached(browse(None, "/demande/"))
    assert [name for name in found if name.startswith("hidden")] == []
    assert len(found) == 3
    assert "Quitter vite" in found[2]
