"""The people of the tests. Ask them who may not: Elsa works elsewhere and sees nothing.

Amina Benali is a citizen; Bruno (desk), Chloé (case handler) and David (manager) work at Lyon 8e;
Elsa is a case handler at Villeurbanne; the central team sees the whole territory; the administrator
manages agents and reads no ticket, like the jurist, who says what the law lets us print.
"""

import pytest

from requests_app.accounts.models import Membership, Role, User
from requests_app.maisons.models import Maison

LYON_8 = "P84"
VILLEURBANNE = "P108"
PASSWORD = "gru-demo"


@pytest.fixture
def lyon_8(territory):
    return Maison.objects.select_related("commune").get(code=LYON_8)


@pytest.fixture
def villeurbanne(territory):
    return Maison.objects.select_related("commune").get(code=VILLEURBANNE)


@pytest.fixture
def make_agent(territory):
    """Create an agent: `make_agent("paul", (Role.MANAGER, lyon_8))`; a None Maison is the whole territory."""

    def make(username, *grants, given_name="", family_name="", **fields):
        places = [maison for _, maison in grants if maison]
        user = User.objects.create_user(
            username,
            PASSWORD,
            given_name=given_name,
            family_name=family_name,
            current_maison=places[0] if places else None,
            **fields,
        )
        rows = [Membership(user=user, role=role, maison=maison) for role, maison in grants]
        Membership.objects.bulk_create(rows)
        return user

    return make


@pytest.fixture
def bruno(make_agent, lyon_8):
    return make_agent("bruno", (Role.FRONT_DESK, lyon_8), given_name="Bruno", family_name="Petit")


@pytest.fixture
def chloe(make_agent, lyon_8):
    return make_agent("chloe", (Role.CASE_HANDLER, lyon_8), given_name="Chloé", family_name="Martin")


@pytest.fixture
def david(make_agent, lyon_8):
    return make_agent("david", (Role.MANAGER, lyon_8), given_name="David", family_name="Roux")


@pytest.fixture
def elsa(make_agent, villeurbanne):
    return make_agent("elsa", (Role.CASE_HANDLER, villeurbanne), given_name="Elsa", family_name="Garnier")


@pytest.fixture
def central(make_agent):
    return make_agent("central", (Role.CASE_HANDLER, None), given_name="Équipe", family_name="centrale")


@pytest.fixture
def admin(make_agent):
    return make_agent(
        "admin", (Role.ADMIN, None), given_name="Administrateur", is_staff=True, is_superuser=True
    )


@pytest.fixture
def jurist(make_agent):
    return make_agent("jurist", (Role.LEGAL_REVIEWER, None), given_name="Jeanne", family_name="Faure")


@pytest.fixture
def amina(make_person):
    return make_person(
        given_name="Amina",
        family_name="Benali",
        birth_year=1968,
        phone="+33639981234",
        email="amina.benali@exemple.fr",
    )


@pytest.fixture
def archivist(make_agent):
    return make_agent(
        "archivist", (Role.ARCHIVIST, None), given_name="Archives", family_name="de la Métropole"
    )
