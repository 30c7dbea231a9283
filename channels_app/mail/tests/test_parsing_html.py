"""The one cleaner: nothing runs, nothing is sent, nothing is loaded."""

import re
import time

import pytest

from requests_app.lib.html import clean_html, html_to_text

from .mails import mail


class TestCleaner:
    def test_M13_nothing_runs_or_loads(self):
        cleaned = clean_html(mail("hostile_html").html).lower()
        for word in ("<script", "onclick", "onerror", "javascript", "<form", "<input", "<iframe", "srcdoc"):
            assert word not in cleaned
        for word in ("<base", "<meta", "<style", "style=", "evil.invalid", "<svg", "<math"):
            assert word not in cleaned

    def test_M14_pictures_come_from_the_mail_only(self):
        cleaned = clean_html('<img src="https://x.fr/p.gif"><img src="//x.fr/p"><img src="cid:a@b">')
        assert re.findall(r'src="([^"]*)"', cleaned) == ["cid:a@b"]

    def test_keeps_words_links_and_emphasis(self):
        cleaned = clean_html(mail("hostile_html").html)
        assert "<b>à tous</b>" in cleaned
        assert 'href="https://www.exemple.fr/" rel="noopener noreferrer nofollow"' in cleaned

    def test_cleaning_twice_changes_nothing(self):
        once = clean_html(mail("hostile_html").html)
        assert clean_html(once) == once

    @pytest.mark.parametrize(
        "markup",
        [
            "<div>" * 200_000,
            "<b></p>" * 100_000,
            "<blockquote>x" * 100_000,
            "".join(f"<p><font color={number}>" for number in range(9_000)),
            "<a " + "/".join(f"a{number}" for number in range(200_000)) + ">x</a>",
            '<a b="' * 100_000,
        ],
    )
    def test_M19_markup_made_to_last_is_bounded(self, markup):
        began = time.process_time()
        clean_html(markup)
        html_to_text(markup)
        assert time.process_time() - began < 8


class TestText:
    def test_one_block_a_line_and_quotes_marked(self):
        markup = "<p>Bonjour&nbsp;!</p><ul><li>un<li>deux</ul><blockquote>cité<br>encore</blockquote>fin"
        assert html_to_text(markup) == "Bonjour !\n\n- un\n- deux\n\n> cité\n> encore\n\nfin"

    def test_scripts_and_styles_say_nothing(self):
        assert html_to_text("<style>p{}</style><script>x</script><title>t</title>Oui &lt;b&gt;") == "Oui <b>"
