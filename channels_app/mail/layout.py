"""The HTML of a mail as it may be shown, if its cleaning costs little."""

from django.utils.translation import gettext as _

from requests_app.lib.html import clean_html

# Cleaning nested elements takes time in the square of their number (100 000 take 50 s, 30 000 at most 5 s);
# the longest newsletters and pasted tables stay below.
MOST_TAGS = 30_000


def shown(markup: str) -> tuple[str, str]:
    """The cleaned markup, and a remark for the agent when the text alone is kept."""
    if not markup.strip():
        return "", ""
    if markup.count("<") > MOST_TAGS:
        return "", _("La mise en page de ce courriel est trop lourde : seul son texte est gardé.")
    return clean_html(markup), ""
