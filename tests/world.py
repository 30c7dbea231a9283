"""The strict world: no network, files in a folder of their own, the territory imported once."""

import shutil
import threading
from datetime import date
from math import inf
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from requests_app import maisons
from requests_app.catalog.models import Topic
from requests_app.lib import incidents
from requests_app.maisons.models import Commune, Maison, Outline, SpokenPlace, TownHall
from requests_app.routing.importing.services import import_territory
from requests_app.routing.models import Coverage
from tests.network import forbid_network

LYON = Path(maisons.__file__).parent / "data" / "lyon"
IMPORTED_ON = date(2026, 1, 5)


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    with pytest.MonkeyPatch.context() as patch:
        forbid_network(patch)
        yield


@pytest.fixture(autouse=True)
def _all_is_well(monkeypatch):
    """Pages of a test have just asked whether something is late: how many statements they cost is sure."""
    told: tuple[float, list[str]] = (inf, [])
    languages = [code for code, _name in settings.LANGUAGES]
    calm = {(subject, code): told for subject in ("incidents", "alarms") for code in languages}
    monkeypatch.setattr(incidents, "_cache", calm)


@pytest.fixture(autouse=True)
def _in_french():
    """A page asked for in English leaves its language to the thread, hence to the tests that follow."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def _own_files():
    yield
    shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Commit Lyon's territory once: every test then finds it, and none pays for it."""
    with django_db_blocker.unblock():
        if not Maison.objects.exists():
            import_territory(folder=LYON, on=IMPORTED_ON)


@pytest.fixture
def territory(db):
    """The 58 communes and 61 Maisons of Lyon; a test that commits for real has emptied them before."""
    if not Maison.objects.exists():
        import_territory(folder=LYON, on=IMPORTED_ON)


@pytest.fixture
def no_territory(db):
    """Empty tables, for the tests of the import itself; the rollback gives the territory back."""
    Maison.objects.update(parent=None)
    Commune.objects.update(parent=None)
    for model in (Coverage, TownHall, Outline, SpokenPlace, Maison, Commune, Topic):
        model.objects.all().delete()


@pytest.fixture
def client_of(client):
    """Sign someone in: `client_of(chloe).get(…)`."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def at_once():
    """Run jobs in threads of their own, on connections of their own: `at_once(job, job)`."""

    def run(*jobs):
        def work(job):
            try:
                job()
            finally:
                connection.close()

        workers = [threading.Thread(target=work, args=(job,)) for job in jobs]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    return run
