from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """What an agent says to a person: drafts, templates, the answer and ten seconds to undo it."""

    name = "requests_app.answers"
    label = "answers"

    def ready(self) -> None:
        from requests_app.accounts.signing import subscribe_to_renames
        from requests_app.answers.services.merged_drafts import carry_drafts, give_back_drafts
        from requests_app.answers.services.resigning import sign_again
        from requests_app.tickets.services import ticket_merging

        ticket_merging.ON_MERGED.add(carry_drafts)
        ticket_merging.ON_UNMERGED.add(give_back_drafts)
        subscribe_to_renames(sign_again)
