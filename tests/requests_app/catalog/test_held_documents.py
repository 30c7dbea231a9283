"""What another administration may give us is said to the agent who asks for it (CRPA, art. L114-8)."""

import pytest

from requests_app.catalog.held_documents import add_holders, holder_of


@pytest.mark.parametrize(
    ("document", "by"),
    [
        ("Dernier avis d’impôt sur le revenu", "impôts"),
        ("AVIS D'IMPOSITION 2025", "impôts"),
        ("avis de non-imposition", "impôts"),
        ("Avis de taxe foncière", "impôts"),
        ("Attestation CAF", "Caf"),
        ("attestation de paiement de la caf (moins de 3 mois)", "Caf"),
        ("quotient familial", "Caf"),
        ("Attestation de droits CPAM", "Assurance maladie"),
        ("attestation de sécurité sociale", "Assurance maladie"),
        ("Attestation Pôle emploi", "France Travail"),
        ("avis de situation France Travail", "France Travail"),
        ("relevé de situation pole-emploi", "France Travail"),
        ("Acte de naissance", "état civil"),
        ("Extrait d’acte de mariage", "état civil"),
        ("copie intégrale d'acte de naissance", "état civil"),
        ("Extrait K", "entreprises"),
        ("extrait K bis", "entreprises"),
        ("Kbis de moins de trois mois", "entreprises"),
        ("notification MDPH", "MDPH"),
        ("Extrait de casier judiciaire", "casier"),
        ("Attestation de retraite", "retraite"),
    ],
)
def test_L114_8_names_who_holds_it(document, by):
    assert by in holder_of(document)


@pytest.mark.parametrize(
    "document",
    [
        "Bail", "Facture d’électricité", "RIB", "Attestation d’hébergement", "Attestation de l’employeur",
        "Attestation d’assurance habitation", "Trois derniers bulletins de salaire", "Quittance de loyer",
        "Certificat médical", "Carte d’identité", "Lettre de motivation", "Photo du café", "Acte de vente",
        "Avis d’échéance", "Devis", "Livret de famille", "Titre de séjour", "", "🏠", "توكيل",
    ],
)  # fmt: skip
def test_L114_8_names_nobody_for_what_only_the_person_has(document):
    assert holder_of(document) == ""


def test_keeps_each_document_as_it_was_typed():
    asked = add_holders(["  Bail ", "Attestation CAF"])
    assert [(each.document, each.held_by) for each in asked] == [
        ("  Bail ", ""),
        ("Attestation CAF", "la Caf"),
    ]
