"""The data folder: private, owned by one, found again."""

import errno
import os

import pytest

from gru.launcher import refusal
from gru.launcher.folder import DataFolder, Lock, chosen_folder, secret
from gru.launcher.refusal import Refusal


@pytest.fixture
def data(tmp_path):
    folder = DataFolder(tmp_path / "var")
    folder.open()
    return folder


class TestDataFolder:
    def test_is_closed_to_the_others(self, data):
        assert data.path.stat().st_mode & 0o077 == 0

    def test_draws_its_secret_once(self, data):
        first = data.secret_key()
        assert first == DataFolder(data.path).secret_key()
        assert len(first) >= 50
        assert (data.path / "secret_key").stat().st_mode & 0o777 == 0o600

    def test_gives_back_what_was_published(self, data):
        values = {
            "DATABASE_URL": "postgres://gru@%2Ftmp%2Fx/gru",
            "GRU_AUTHORITY_NAME": "Ville d’Oyonnax (01)",
        }
        data.write_env(values)
        assert data.read_env() == values
        assert data.env_file.stat().st_mode & 0o777 == 0o600

    def test_says_nothing_once_forgotten(self, data):
        data.write_env({"A": "1"})
        data.forget_env()
        assert data.read_env() == {}

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
    def test_refuses_the_folder_of_another_account(self, tmp_path):
        os.chown(tmp_path, 65534, 65534)
        with pytest.raises(Refusal, match="appartient à un autre compte") as refused:
            DataFolder(tmp_path).open()
        assert refused.value.code == 69

    def test_refuses_a_file(self, tmp_path):
        (tmp_path / "var").write_text("")
        with pytest.raises(Refusal, match="n’est pas un dossier"):
            DataFolder(tmp_path / "var").open()

    def test_has_one_owner(self, data):
        first = data.own()
        assert data.own(seconds=0) is None
        assert data.is_owned()
        first.close()
        assert not data.is_owned()

    def test_a_new_owner_forgets_what_a_killed_one_published(self, data):
        data.write_env({"A": "1"})
        assert data.own()
        assert data.read_env() == {}

    def test_lets_the_callers_own_database_win(self, data, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://mine/base")
        found = data.environment({"DATABASE_URL": "embedded", "GRU_EMBEDDED": "1"})
        assert (found["DATABASE_URL"], found["GRU_EMBEDDED"]) == ("postgres://mine/base", "")

    def test_a_laptop_knows_the_demo_unless_the_caller_says_otherwise(self, data, monkeypatch):
        monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        assert data.environment({})["DJANGO_SETTINGS_MODULE"] == "gru.settings.dev"
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "gru.settings.base")
        assert data.environment({})["DJANGO_SETTINGS_MODULE"] == "gru.settings.base"


def test_option_then_variable_then_checkout_choose_the_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRU_DATA_DIR", str(tmp_path / "variable"))
    assert chosen_folder(str(tmp_path / "option")) == tmp_path / "option"
    assert chosen_folder() == tmp_path / "variable"
    monkeypatch.delenv("GRU_DATA_DIR")
    assert chosen_folder().name == "var"


def test_two_who_draw_a_secret_at_once_get_the_same(tmp_path):
    first = secret(tmp_path / "key")
    assert secret(tmp_path / "key") == first
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_lock_is_shared_or_alone(tmp_path):
    one, two, alone = (Lock(tmp_path / "lock") for _ in range(3))
    one.share()
    two.share()
    assert not alone.try_to_take()
    one.close()
    two.release()
    assert alone.try_to_take()


@pytest.mark.parametrize(
    ("number", "words", "code"),
    [
        (errno.ENOSPC, "Le disque est plein", 75),
        (errno.EDQUOT, "Le disque est plein", 75),
        (errno.EACCES, "pas accessible", 69),
    ],
)
def test_F05_what_the_system_refuses_is_said_in_one_sentence(number, words, code, capsys):
    def main():
        raise OSError(number, os.strerror(number), "var/log")

    with pytest.raises(SystemExit) as left:
        refusal.run_and_exit(main)
    said = capsys.readouterr().err
    assert left.value.code == code
    assert words in said
    assert said.count("\n") == 1


def test_an_unknown_error_is_not_hidden():
    def main():
        raise OSError(errno.EIO, "broken")

    with pytest.raises(OSError, match="broken"):
        refusal.run_and_exit(main)
