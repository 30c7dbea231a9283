"""What is typed is found again (threats: S09)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from requests_app.answers import files, services
from requests_app.answers.models import Draft, DraftFile
from requests_app.answers.selectors import drafts_of
from requests_app.tickets.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(make_ticket):
    return make_ticket()


def save(ticket, by, text="", kind="answer", *uploaded):
    return services.save_draft(ticket=ticket, kind=kind, text=text, by=by, at=timezone.now(), files=uploaded)


def upload(name="avis.pdf", data=b"%PDF-1.4\n%%EOF"):
    return SimpleUploadedFile(name, data)


def test_each_agent_has_one_of_each_kind(ticket, chloe, david):
    save(ticket, chloe, "a")
    save(ticket, chloe, "ab")
    save(ticket, chloe, "note", "note")
    save(ticket, david, "c")
    typed = drafts_of(ticket, chloe, now=timezone.now())
    assert (typed.answer.text, typed.note.text) == ("ab", "note")
    assert [(writer.name, writer.kind) for writer in typed.writers] == [("David Roux", "answer")]


def test_nothing_typed_leaves_nothing(ticket, chloe):
    save(ticket, chloe, "a")
    assert save(ticket, chloe, "  \n") is None
    assert not Draft.objects.exists()


def test_an_empty_text_with_a_file_is_kept(ticket, chloe):
    save(ticket, chloe, "", "answer", upload())
    save(ticket, chloe, "")
    assert [file.name for file in drafts_of(ticket, chloe, now=timezone.now()).answer.files] == ["avis.pdf"]


def test_a_file_taken_out_leaves_no_bytes(ticket, chloe, django_capture_on_commit_callbacks):
    save(ticket, chloe, "a", "answer", upload())
    file = DraftFile.objects.get()
    storage, name = file.file.storage, file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_file(file=file)
    assert not storage.exists(name)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("virus.exe", b"MZ\x90\x00" + b"\0" * 200, "ne peut pas être joint"),
        ("page.html", b"<html><script>x</script></html>", "ne peut pas être joint"),
        ("vide.pdf", b"", "est vide"),
        ("gros.pdf", b"%PDF-1.4" + b"0" * files.MAX_BYTES, "en tout"),
    ],
)
def test_M15_what_no_mailbox_would_take_is_refused_in_words(ticket, chloe, name, data, words):
    with pytest.raises(Refused, match=words):
        save(ticket, chloe, "a", "answer", upload(name, data))
    assert not DraftFile.objects.exists()


def test_at_most_ten_files(ticket, chloe):
    save(ticket, chloe, "a", "answer", *[upload(f"{rank}.pdf") for rank in range(10)])
    with pytest.raises(Refused, match="dix"):
        save(ticket, chloe, "a", "answer", upload())


def test_A01_who_may_not_read_may_not_type(ticket, elsa):
    with pytest.raises(NotAllowed):
        save(ticket, elsa, "a")
