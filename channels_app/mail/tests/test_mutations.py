"""The same mail written otherwise says the same; a damaged one says what is left, soon, and never raises.

A few hundred here, at each run others; `bin/test tests/faults/test_mutated_mails.py` goes on for minutes.
"""

import base64
import contextlib
import random
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.mail.parsing import Understood, Unreadable, understand

from .mails import CORPUS
from .mutations import FORMS, damage, encode_part, head_of, nest
from .programs.absences import MARKED, SPOKEN
from .programs.bounces import NOTICES
from .programs.forwards import FORWARDS, WRITTEN
from .programs.people import PEOPLE
from .programs.replies import ABOVE, IN_HTML, SAID
from .programs.replies import MARKED as QUOTE

SECONDS = 2.0  # of processor for one mail of a few kilobytes, on a busy machine
CHARSETS = ("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "utf-16", "cp850", "macroman")
WAYS = ("8bit", "base64", "quoted-printable")
FILE = bytes(range(256)) * 5
FILE_PART = "Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n"
SEEDS = (
    *(path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))),
    *(notice.raw() for notice in NOTICES),
    *(absence.raw() for absence in MARKED + SPOKEN),
    *(
        head_of("Re: x") + encode_part(f"{SAID}\n\n{above}{QUOTE}", charset="utf-8", way="8bit")
        for above in ABOVE.values()
    ),
    *(
        head_of("Re: x") + encode_part(html, charset="utf-8", way="base64", kind="html")
        for html in IN_HTML.values()
    ),
    *(
        head_of(s) + encode_part(text + WRITTEN, charset="utf-8", way="quoted-printable")
        for s, text in FORWARDS.values()
    ),
)
written_otherwise = st.fixed_dictionaries(
    {
        "charset": st.sampled_from(CHARSETS),
        "way": st.sampled_from(WAYS),
        "form": st.sampled_from(FORMS),
        "depth": st.integers(0, 4),
        "is_crlf": st.booleans(),
    }
)
bounded = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rewritten(
    subject: str, text: str, more: str = "", sender: str = "Amina <amina@exemple.fr>", **how
) -> Understood:
    """The mail as another program would have written it, with a file when it is nested."""
    charset = how["charset"] if can_be_written(text, how["charset"]) else "utf-8"
    way = "base64" if charset == "utf-16" else how["way"]
    file = FILE_PART.encode() + base64.encodebytes(FILE)
    part = nest(encode_part(text, charset=charset, way=way), form=how["form"], depth=how["depth"], file=file)
    raw = head_of(subject, sender=sender, more=more) + part
    return understand(raw.replace(b"\n", b"\r\n") if how["is_crlf"] and way != "8bit" else raw)


def can_be_written(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def holds(mail: Understood) -> None:
    """What is true of any mail, whatever happened to it."""
    assert mail.reply_text.strip() or not mail.text.strip()
    for words in (
        mail.text,
        mail.reply_text,
        mail.subject,
        mail.html,
        mail.from_name,
        *(f.name for f in mail.files),
    ):
        assert "\0" not in words
        words.encode()
    assert not mail.is_bounce or mail.is_auto
    assert not mail.is_auto or mail.no_ack


def survives(raw: bytes) -> None:
    """Read soon and well, or refused in words."""
    began = time.process_time()
    with contextlib.suppress(Unreadable):
        holds(understand(raw))
    assert time.process_time() - began < SECONDS


class TestWrittenOtherwise:
    @bounded
    @given(st.sampled_from(PEOPLE), written_otherwise)
    def test_a_person_stays_a_person_and_says_the_same(self, said, how):
        mail = rewritten(*said, **how)
        assert (mail.is_auto, mail.is_bounce, mail.no_ack) == (False, False, False)
        assert mail.subject == said[0]
        assert "".join(said[1].split()) in "".join(mail.text.split())
        holds(mail)

    @bounded
    @given(st.sampled_from(NOTICES), written_otherwise)
    def test_M11_a_notice_stays_a_notice(self, notice, how):
        head = (
            f"To: accueil@demande.invalid\n{notice.head}\n"
            if notice.head
            else "To: accueil@demande.invalid\n"
        )
        subject = "Non remis : x" if notice.subject.startswith("=?") else notice.subject
        mail = rewritten(subject, notice.body, head, notice.sender, **how)
        assert (mail.is_bounce, mail.bounce_recipient) == (True, notice.names[1])
        holds(mail)

    @bounded
    @given(st.sampled_from(MARKED + SPOKEN), written_otherwise)
    def test_M11_an_answering_machine_stays_one(self, absence, how):
        mail = rewritten(absence.subject, absence.text, f"{absence.head}\n" if absence.head else "", **how)
        assert (mail.is_auto, mail.is_bounce) == (True, False)

    @bounded
    @given(st.sampled_from(sorted(ABOVE)), written_otherwise)
    def test_a_reply_is_found_again_and_its_file_is_whole(self, program, how):
        mail = rewritten("Re: Votre demande", f"{SAID}\n\n{ABOVE[program]}{QUOTE}\n", **how)
        assert mail.reply_text.removesuffix("\n\nAmina") == SAID
        if how["depth"] and how["form"] != "alternative":
            assert [file.data for file in mail.files] == [FILE]


class TestDamaged:
    @settings(bounded, max_examples=400)
    @given(st.integers(0, len(SEEDS) - 1), st.integers(0, 2**32))
    def test_M03_a_damaged_mail_is_read_as_well_as_can_be(self, number, seed):
        survives(damage(SEEDS[number], random.Random(seed)))

    @bounded
    @given(st.binary(max_size=3000))
    def test_M03_noise_never_raises(self, raw):
        holds(understand(raw))
