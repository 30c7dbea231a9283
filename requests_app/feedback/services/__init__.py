from requests_app.feedback.services.experiences import count_again, is_opinion_told, note_counted, tell
from requests_app.feedback.services.field import (
    MAX_SENTENCE,
    FollowUp,
    Shown,
    add_sentence,
    answer_feedback,
    can_answer,
    mark_changes_seen,
    record_feedback,
    withdraw,
)
from requests_app.feedback.services.inviting import choose_surveys, invite

__all__ = [
    "MAX_SENTENCE",
    "FollowUp",
    "Shown",
    "add_sentence",
    "answer_feedback",
    "can_answer",
    "choose_surveys",
    "count_again",
    "invite",
    "is_opinion_told",
    "mark_changes_seen",
    "note_counted",
    "record_feedback",
    "tell",
    "withdraw",
]
