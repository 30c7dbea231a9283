from requests_app.feedback.services.cards import card_line, give_card, open_card
from requests_app.feedback.services.experiences import (
    count_again,
    is_opinion_told,
    note_counted,
    tell,
    tell_effort,
    withdraw_opinion,
)
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
from requests_app.feedback.services.inviting import choose_surveys, invite, is_stopped, way_of

__all__ = [
    "MAX_SENTENCE",
    "FollowUp",
    "Shown",
    "add_sentence",
    "answer_feedback",
    "can_answer",
    "card_line",
    "choose_surveys",
    "count_again",
    "give_card",
    "invite",
    "is_opinion_told",
    "is_stopped",
    "mark_changes_seen",
    "note_counted",
    "open_card",
    "record_feedback",
    "tell",
    "tell_effort",
    "way_of",
    "withdraw",
    "withdraw_opinion",
]
