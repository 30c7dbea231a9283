from requests_app.answers.services.answering import AfterAnswer, answer, sent_already
from requests_app.answers.services.drafting import drop_draft, remove_file, save_draft
from requests_app.answers.services.managing import restore_model, retire_model, save_model
from requests_app.answers.services.posting import answer_by_post, paper_of
from requests_app.answers.services.presence import be_present
from requests_app.answers.services.unsending import reuse, unsend

__all__ = [
    "AfterAnswer",
    "answer",
    "answer_by_post",
    "be_present",
    "drop_draft",
    "paper_of",
    "remove_file",
    "restore_model",
    "retire_model",
    "reuse",
    "save_draft",
    "save_model",
    "sent_already",
    "unsend",
]
