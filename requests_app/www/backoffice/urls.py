"""The staff pages."""

from django.urls import include, path

from requests_app.www.backoffice import preferences
from requests_app.www.backoffice.breakglass import glass_views
from requests_app.www.backoffice.composer import answer_models, drafts, sending
from requests_app.www.backoffice.letters import answer_letters, letters_to_post
from requests_app.www.backoffice.search import exports as search_exports
from requests_app.www.backoffice.search import search_page
from requests_app.www.backoffice.ticket import (
    action_views,
    documents,
    files,
    person_choice,
    presence,
    ticket_page,
)
from requests_app.www.backoffice.ticket.transitions import PATHS
from requests_app.www.backoffice.triage import bulk_views, exports, legal_days, triage_list

app_name = "backoffice"
urlpatterns = [
    path("agents/", include("requests_app.www.backoffice.agents.urls")),
    path("abonnements/", include("requests_app.www.backoffice.webhooks.urls")),
    path("cles/", include("requests_app.www.backoffice.keys.urls")),
    path("personnes/", include("requests_app.www.backoffice.people.urls")),
    path("tri/", triage_list.triage, name="triage"),
    path("tri/lot/", bulk_views.act_on_many, name="bulk"),
    path("tri/lot/reprendre/", bulk_views.undo_many, name="bulk_back"),
    path("tri/export/<slug:form>/", exports.export, name="triage_export"),
    path("tri/<slug:reference>/", triage_list.preview, name="preview"),
    path("demandes/<slug:reference>/", ticket_page.ticket, name="ticket"),
    path("demandes/<slug:reference>/pour-qui/chercher/", person_choice.whose_search, name="whose_search"),
    path("demandes/<slug:reference>/html/<int:pk>/", documents.touchpoint_html, name="touchpoint_html"),
    path("demandes/<slug:reference>/repondre/", sending.answer, name="answer"),
    path("demandes/<slug:reference>/annuler-envoi/", sending.unsend, name="unsend"),
    path("demandes/<slug:reference>/reprendre-le-texte/", sending.reuse, name="reuse"),
    path("demandes/<slug:reference>/brouillon/<slug:kind>/", drafts.draft, name="draft"),
    path("demandes/<slug:reference>/fichier/", drafts.files, name="draft_files"),
    path("demandes/<slug:reference>/fichier/retirer/", drafts.remove_file, name="draft_file_remove"),
    path("demandes/<slug:reference>/presence/", presence.presence, name="presence"),
    path("demandes/<slug:reference>/modeles/", drafts.models, name="fitting_models"),
    path("demandes/<slug:reference>/attestation/", letters_to_post.attestation_pdf, name="attestation"),
    path("demandes/<slug:reference>/accuse/", letters_to_post.letter, name="letter"),
    path("demandes/<slug:reference>/reponse-courrier/", answer_letters.answer_letter, name="answer_letter"),
    path(
        "demandes/<slug:reference>/reponse-courrier/pdf/",
        answer_letters.answer_letter_pdf,
        name="answer_letter_pdf",
    ),
    path("demandes/<slug:reference>/reponse-postee/", answer_letters.answer_posted, name="answer_posted"),
    path("courriers/", letters_to_post.letters, name="letters"),
    path("courriers/imprimer/", letters_to_post.letters_pdf, name="letters_pdf"),
    path("courriers/postes/", letters_to_post.letters_posted, name="letters_posted"),
    path("courriers/pas-postes/", letters_to_post.letters_unposted, name="letters_unposted"),
    path("fichiers/<str:signed>/", files.file, name="file"),
    path("decisions-a-venir/", legal_days.legal_days, name="legal_days"),
    path("modeles/", answer_models.answer_models, name="answer_models"),
    path("modeles/nouveau/", answer_models.answer_model, name="answer_model_new"),
    path("modeles/<int:pk>/", answer_models.answer_model, name="answer_model"),
    path("modeles/<int:pk>/proposer/", answer_models.answer_model_active, name="answer_model_active"),
    path("recherche/", search_page.search, name="search"),
    path("recherche/export/<slug:form>/", search_exports.export, name="search_export"),
    path("ouvrir-avec-un-motif/", glass_views.glass, name="glass"),
    path("demandes/<slug:reference>/refermer/", glass_views.glass_end, name="glass_end"),
    path("preferences/", preferences.preferences, name="preferences"),
    *(
        path(f"demandes/<slug:reference>/{words}/", action_views.act, {"name": name}, name=name)
        for name, words in PATHS.items()
    ),
]
