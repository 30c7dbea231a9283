"""The staff pages."""

from django.urls import include, path

from requests_app.www.backoffice import (
    acting,
    answer_letters,
    answer_models,
    answering,
    documents,
    drafting,
    files,
    glass,
    legal_days,
    letters,
    many,
    preferences,
    presence,
    search,
    ticket,
    triage,
    whose,
)
from requests_app.www.backoffice.moves import PATHS

app_name = "backoffice"
urlpatterns = [
    path("agents/", include("requests_app.www.backoffice.agents_urls")),
    path("personnes/", include("requests_app.www.backoffice.persons_urls")),
    path("tri/", triage.triage, name="triage"),
    path("tri/lot/", many.act_on_many, name="bulk"),
    path("tri/lot/reprendre/", many.take_back_many, name="bulk_back"),
    path("tri/<slug:reference>/", triage.preview, name="preview"),
    path("demandes/<slug:reference>/", ticket.ticket, name="ticket"),
    path("demandes/<slug:reference>/pour-qui/chercher/", whose.whose_search, name="whose_search"),
    path("demandes/<slug:reference>/html/<int:pk>/", documents.touchpoint_html, name="touchpoint_html"),
    path("demandes/<slug:reference>/repondre/", answering.answer, name="answer"),
    path("demandes/<slug:reference>/annuler-envoi/", answering.unsend, name="unsend"),
    path("demandes/<slug:reference>/reprendre-le-texte/", answering.reuse, name="reuse"),
    path("demandes/<slug:reference>/brouillon/<slug:kind>/", drafting.draft, name="draft"),
    path("demandes/<slug:reference>/fichier/", drafting.files, name="draft_files"),
    path("demandes/<slug:reference>/fichier/retirer/", drafting.remove_file, name="draft_file_remove"),
    path("demandes/<slug:reference>/presence/", presence.presence, name="presence"),
    path("demandes/<slug:reference>/modeles/", drafting.models, name="fitting_models"),
    path("demandes/<slug:reference>/attestation/", letters.attestation_pdf, name="attestation"),
    path("demandes/<slug:reference>/accuse/", letters.letter, name="letter"),
    path("demandes/<slug:reference>/reponse-courrier/", answer_letters.answer_letter, name="answer_letter"),
    path(
        "demandes/<slug:reference>/reponse-courrier/pdf/",
        answer_letters.answer_letter_pdf,
        name="answer_letter_pdf",
    ),
    path("demandes/<slug:reference>/reponse-postee/", answer_letters.answer_posted, name="answer_posted"),
    path("courriers/", letters.letters, name="letters"),
    path("courriers/imprimer/", letters.letters_pdf, name="letters_pdf"),
    path("courriers/postes/", letters.letters_posted, name="letters_posted"),
    path("courriers/pas-postes/", letters.letters_unposted, name="letters_unposted"),
    path("fichiers/<str:signed>/", files.file, name="file"),
    path("decisions-a-venir/", legal_days.legal_days, name="legal_days"),
    path("modeles/", answer_models.answer_models, name="answer_models"),
    path("modeles/nouveau/", answer_models.answer_model, name="answer_model_new"),
    path("modeles/<int:pk>/", answer_models.answer_model, name="answer_model"),
    path("modeles/<int:pk>/proposer/", answer_models.answer_model_active, name="answer_model_active"),
    path("recherche/", search.search, name="search"),
    path("ouvrir-avec-un-motif/", glass.glass, name="glass"),
    path("demandes/<slug:reference>/refermer/", glass.glass_end, name="glass_end"),
    path("preferences/", preferences.preferences, name="preferences"),
    *(
        path(f"demandes/<slug:reference>/{words}/", acting.act, {"name": name}, name=name)
        for name, words in PATHS.items()
    ),
]
