"""The single place where untrusted HTML is cleaned, or turned into plain text."""

import html
import re

import nh3

from .html_outline import BLOCKS, QUOTE, Writer

# Raise it whenever the rules below change: what was cleaned before is then cleaned again.
CLEANER_VERSION = 1
MAX_MARKUP = 2_000_000  # characters; beyond, the raw mail stays available
MAX_TAGS = 20_000
MAX_ATTRIBUTES = 20_000  # of one tag
MAX_COPIES = 3_000_000
MAX_ENTITIES = 100_000  # the parser's work grows with their square
LONG_RUN = re.compile(r"(?<![^<>])[^<>]{20000,}+")
STYLED = re.compile(r"(?i)<((?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/])")
ANY_TAG = re.compile(r"<[^<>]*>?")
UNSEEN = re.compile(r"(?is)<(script|style)\b[^<]*+(?:<(?!/\1)[^<]*+)*+(?:</\1[^<>]*+>?|\Z)")

LAYOUT = {"align", "valign", "dir", "lang", "width", "height", "colspan", "rowspan", "border", "bgcolor"}
TAGS = {
    *("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption"),
    *("center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em"),
    *(
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
    ),
    *("ins", "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span"),
    *(
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
    ),
    *("tt", "u", "ul", "var", "wbr"),
}
ATTRIBUTES = {
    "*": LAYOUT | {"title"},
    "a": {"href"},
    "img": {"src", "alt", "title", "width", "height"},
    "font": {"color", "size"},
    "ol": {"start", "type"},
    "time": {"datetime"},
}
DROPPED_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"}
LINK = re.compile(r"(?i)(https?://|mailto:|tel:)")
PICTURE = re.compile(r"(?i)\A(?:cid:[^\s\"'<>]++|data:image/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]*+)$")
VALUE = re.compile(r"\A[#%\w .,:;'’!?()/+-]{0,300}+$")  # no character that means something in markup

TEXT_TAGS = BLOCKS | {"br", "td", "th"}
TOKEN = re.compile(r"<(/?)([a-z0-9]++)([^<>]*+)>")
# How mail programs name the part of their markup that is quoted.
QUOTED = re.compile(
    r"(?i)yahoo_quoted|(?:protonmail|tutanota)_quote|quoted[_-](?:text|content)|^quote$|zmail_extra$"
)
MANY_LINES = re.compile(r"\n{3,}")


def _name_quotes(tag: str, attribute: str, value: str) -> str | None:
    """Mark an element as a quotation, and nothing else."""
    return QUOTE if QUOTED.search(value[:200]) else None


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Let links use known schemes only, and pictures come from the mail itself only."""
    if attribute == "href":
        return value if LINK.match(value.strip()) else None
    if attribute == "src":
        return value if PICTURE.match(value.strip()) else None
    return value if VALUE.match(value) else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes=ATTRIBUTES,
    attribute_filter=_keep_attribute,
    url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)
_outliner = nh3.Cleaner(
    tags=TEXT_TAGS,
    clean_content_tags={"script", "style", "title", "template", "iframe", "object"},
    attributes={"*": {"class", "id", "name", "data-marker"}},
    attribute_filter=_name_quotes,
    link_rel=None,
)


def clean_html(markup: str) -> str:
    """Clean markup so that it runs nothing, sends nothing and loads nothing from outside.

    Show it in a document of its own all the same, under `default-src 'none'; sandbox`. Markup made to
    exhaust a browser's parser is shown as plain text.
    """
    light = _lighten(markup[:MAX_MARKUP])
    if light is None:
        return f"<p>{html.escape(_crude_text(markup[:MAX_MARKUP]))}</p>".replace("\n", "<br>\n")
    return _cleaner.clean(light)


def html_to_text(markup: str) -> str:
    """Extract the text of some HTML, one block per line, quoted blocks behind `> `."""
    light = _lighten(markup[:MAX_MARKUP])
    if light is None:
        return _crude_text(markup[:MAX_MARKUP])
    writer = Writer()
    at = 0
    outline = _outliner.clean(light)
    for token in TOKEN.finditer(outline):
        writer.words(outline[at : token.start()])
        writer.tag(token[2], is_end=bool(token[1]), is_quote=QUOTE in token[3])
        at = token.end()
    writer.words(outline[at:])
    return MANY_LINES.sub("\n\n", writer.result())


def _lighten(markup: str) -> str | None:
    """Bound the work of the parser, which grows with the square of depth, or of attributes.

    None means too heavy. Open `<font …>` are copied into every block that follows, so when both are
    numerous they are removed (measured: 200 000 nested blocks take three minutes, 20 000 less than a
    second).
    """
    tags = markup.count("<")
    if (
        markup.count("&") > MAX_ENTITIES
        or tags > MAX_TAGS
        or any(_separators(run[0]) > MAX_ATTRIBUTES for run in LONG_RUN.finditer(markup))
    ):
        return None
    if tags * sum(1 for _ in STYLED.finditer(markup)) > MAX_COPIES:
        return STYLED.sub(r"<x-\1", markup)
    return markup


def _separators(run: str) -> int:
    return sum(run.count(sign) for sign in " \t\r\n\f/")


def _crude_text(markup: str) -> str:
    """Extract the text of markup that no parser should see."""
    text = ANY_TAG.sub("\n", UNSEEN.sub(" ", markup))
    return MANY_LINES.sub("\n\n", html.unescape(text)).strip()
