import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def letter(client_of, bruno):
    """Post the form of a letter as Bruno; ``files`` are (name, bytes)."""

    def post(user=bruno, files=(("lettre.pdf", PDF),), **fields):
        whole = {
            "cle": str(uuid.uuid4()),
            "qui": "Paul Morel",
            "personne": "nouvelle",
            "motif": "Demande de RSA",
            "sujet": "rsa-demande",
            "suite": "transmis",
            "scans": [SimpleUploadedFile(name, data) for name, data in files],
            **fields,
        }
        return client_of(user).post(reverse("frontdesk:visit") + "?pour=courrier", whole)

    return post
