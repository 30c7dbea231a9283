"""Our own set of hostile mails, in a real browser that would let everything run (threats: M13, M14)."""

import time

import pytest

from channels_app.mail.parsing import understand
from channels_app.mail.tests.programs.attacks import MUTATIONS, RUN
from requests_app.lib.html import clean_html, html_to_text
from requests_app.www.backoffice.ticket.documents import PAGE, POLICY

# Attributes that act by themselves.
LIVE = """() => [...document.querySelectorAll("body *")].flatMap(e => [...e.attributes].map(a => a.name))
  .filter(name => name.startsWith("on") || name === "style" || name === "srcset")"""


# What is loaded is then painted: images have failed, animations have begun, and their handlers have run.
PAINTED = "() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go))))"


@pytest.fixture(scope="module")
def seen(chromium):
    """Shows some markup without any policy, and tells what ran or was asked for."""
    context = chromium.new_context()
    page = context.new_page()

    found: list[str] = []

    def ran(dialog):
        found.append("ran")
        dialog.dismiss()

    def asked(route):
        found.append(route.request.url)
        route.abort()

    page.on("dialog", ran)
    page.route("**/*", asked)

    def look(markup):
        found.clear()
        page.set_content(markup)
        page.evaluate(PAINTED)
        return found + page.evaluate(LIVE)

    yield look
    context.close()


@pytest.mark.browser
class TestBrowser:
    def test_M13_the_browser_itself_would_run_them(self, seen):
        """Without it the tests below would prove nothing."""
        assert "ran" in seen(f"<img src=x onerror={RUN}>")

    @pytest.mark.parametrize("markup", MUTATIONS)
    def test_M13_M14_nothing_runs_and_nothing_is_fetched(self, seen, markup):
        raw = f"From: a@b.fr\nContent-Type: text/html; charset=utf-8\n\n<p>Bonjour</p>{markup}".encode()
        once = clean_html(understand(raw).html)
        assert seen(once) == []
        assert seen(PAGE.format(title="x", body=once)) == []
        assert clean_html(once) == once  # read twice, it means the same


class TestDocument:
    def test_M13_is_sandboxed_and_asks_nobody(self):
        assert POLICY.startswith("default-src 'none'")
        assert POLICY.endswith("sandbox")
        assert "script" not in POLICY
        assert "http" not in POLICY

    @pytest.mark.parametrize("markup", MUTATIONS)
    def test_M13_the_text_shown_first_has_no_markup_of_theirs(self, markup):
        text = html_to_text(f"<p>Bonjour</p>{markup}")
        assert text.startswith("Bonjour")
        assert "<script" not in text.lower()


class TestBounds:
    @pytest.mark.parametrize(
        "body",
        [
            "\n".join(f"https://exemple.fr/{number}?a=b" for number in range(5_000)),
            " ".join(f"<a href='https://exemple.fr/{number}'>x</a>" for number in range(5_000)),
            "https://" + "a" * 5_000_000,
            "Le " + "1/" * 2_500_000 + " a écrit :",
            "> " * 2_500_000,
            "<" * 5_000_000,
        ],
        ids=["links", "anchors", "one address", "one announcement", "one quote", "signs"],
    )
    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_M19_5000_links_and_lines_of_5_MB_are_bounded(self, body, kind):
        raw = f"From: a@b.fr\nContent-Type: text/{kind}; charset=utf-8\n\nBonjour\n{body}".encode()
        began = time.process_time()
        mail = understand(raw)
        clean_html(mail.html)
        assert time.process_time() - began < 5
        assert mail.reply_text.strip()
