"""What the application's database account may not do (threats: N15, P02, A09)."""

import psycopg2
import pytest
from django.db import connection
from psycopg2 import errors

from gru import doctor, roles
from gru.launcher.compose_secrets import main as draw_secrets
from gru.launcher.postgres import APPLICATION
from gru.settings.hosts import add_password

JOURNALS = ["access_reading", "access_personsearch", "accounts_rightsevent"]


@pytest.fixture(scope="module")
def granted(django_db_setup, django_db_blocker):
    """As after `migrate` on a real site."""
    with django_db_blocker.unblock():
        roles.ensure_role(APPLICATION, "")
        roles.grant_to(APPLICATION)


@pytest.fixture
def application(granted, db):
    """A line of the application's account to the same database."""
    where = connection.settings_dict
    names = {"host": where["HOST"], "port": where["PORT"] or None, "dbname": where["NAME"]}
    line = psycopg2.connect(user=APPLICATION, **names)
    yield line
    line.close()


def run(line, statement):
    with line, line.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.mark.parametrize("table", JOURNALS)
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
        "DELETE FROM {table}",
        "UPDATE {table} SET id = id",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "ALTER TABLE {table} DISABLE TRIGGER {table}_only_grows",
        "DROP TRIGGER {table}_only_grows ON {table}",
        "DROP TABLE {table}",
        "ALTER TABLE {table} OWNER TO gru_app",
        "CREATE TRIGGER t BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION access_reading_refuse()",
        "CREATE RULE r AS ON INSERT TO {table} DO INSTEAD NOTHING",
    ],
)
def test_N15_a_journal_is_added_to_and_no_more(application, table, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        run(application, statement.format(table=table))


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "TRUNCATE tickets_ticket CASCADE",
        "CREATE TABLE mine (id int)",
        "CREATE OR REPLACE FUNCTION access_reading_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "DELETE FROM django_migrations",
        "DROP SCHEMA public CASCADE",
        "CREATE ROLE mine",
        "SET ROLE gru",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_N15_it_owns_nothing_and_opens_nothing(application, statement):
    with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
        run(application, statement)


def test_N15_it_reads_and_writes_what_the_product_does(application):
    assert run(application, "SELECT count(*) FROM access_reading")
    assert run(application, "SELECT nextval(pg_get_serial_sequence('tickets_ticket', 'id'))")
    run(application, "UPDATE tickets_ticket SET priority = priority WHERE false")
    run(application, "DELETE FROM django_session WHERE false")


def test_N15_every_table_that_only_grows_is_a_journal(granted, db):
    """A trigger of that name, whatever its room, takes the two rights away; the other tables keep them."""
    with connection.cursor() as cursor:
        cursor.execute(roles.JOURNALS)
        journals = {name for (name,) in cursor.fetchall()}
        may = "has_table_privilege(%s, quote_ident(tablename), 'UPDATE')"
        cursor.execute(f"SELECT tablename, {may} FROM pg_tables WHERE schemaname = 'public'", [APPLICATION])
        rights = dict(cursor.fetchall())
    assert journals >= set(JOURNALS)
    assert {name for name, is_given in rights.items() if not is_given} == journals | {"django_migrations"}


def test_N15_a_table_to_come_is_given_like_the_others(granted, django_db_blocker, application):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE to_come (id int)")
        cursor.execute("SELECT has_table_privilege('gru_app', 'to_come', 'INSERT')")
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT has_table_privilege('gru_app', 'to_come', 'TRUNCATE')")
        assert cursor.fetchone() == (False,)


def test_N15_the_doctor_says_who_could_erase_the_journals(granted, db):
    assert doctor.database_account().state == "à surveiller"
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")
        assert doctor.database_account().state == "bon"
        cursor.execute("RESET ROLE")


class TestComposeSecrets:
    @pytest.fixture
    def draw(self, tmp_path, monkeypatch):
        for name in ("ours", "owners"):
            (tmp_path / name).mkdir()
        folders = [str(tmp_path / name) for name in ("ours", "owners")]
        monkeypatch.setattr("sys.argv", ["compose_secrets", *folders])
        return draw_secrets

    def test_N15_each_account_has_its_own_password(self, draw, tmp_path):
        assert draw() == 0
        ours, owners = tmp_path / "ours", tmp_path / "owners"
        passwords = {file.read_text().rpartition(":")[2] for file in (ours / "pgpass", owners / "pgpass")}
        assert len(passwords) == 2
        assert (owners / "postgres_password").read_text() in passwords
        assert (ours / "valkey_password").read_text() in (ours / "valkey.conf").read_text()
        before = {file: file.read_text() for file in tmp_path.rglob("*") if file.is_file()}
        draw()
        assert before == {file: file.read_text() for file in tmp_path.rglob("*") if file.is_file()}

    def test_N15_an_earlier_deployment_keeps_its_owner_s_password(self, draw, tmp_path):
        (tmp_path / "ours" / "postgres_password").write_text("ancien\n")
        draw()
        assert not (tmp_path / "ours" / "postgres_password").exists()
        assert (tmp_path / "owners" / "pgpass").read_text() == "*:*:*:*:ancien\n"


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("redis://valkey:6379/0", "redis://:a%2Fb%40c@valkey:6379/0"),
        ("redis://app@valkey:6379/0", "redis://app:a%2Fb%40c@valkey:6379/0"),
        ("redis://:given@valkey:6379/0", "redis://:given@valkey:6379/0"),
    ],
)
def test_the_broker_s_password_may_lie_in_a_file(tmp_path, url, whole):
    (tmp_path / "password").write_text("a/b@c\n")
    assert add_password(url, str(tmp_path / "password")) == whole
    assert add_password(url, str(tmp_path / "none")) == url
