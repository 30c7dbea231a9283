"""The embedded servers: a stale pid, an old cluster, a taken folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gru.launcher.folder import DataFolder
from gru.launcher.home import home_of, throwaway_home
from gru.launcher.postgres import Postgres, _explain
from gru.launcher.refusal import Refusal
from gru.launcher.valkey import Valkey


@pytest.fixture
def home():
    """Not in pytest's own folders: they are closed, and the servers of root run as someone else."""
    with tempfile.TemporaryDirectory(prefix="gru-test-") as folder:
        yield throwaway_home(Path(folder))


@pytest.fixture
def postgres(home):
    return Postgres(home, home.path / "postgres.log", durable=False)


@pytest.fixture
def valkey(home):
    return Valkey(home, home.path / "valkey.log", durable=False)


def end(server, process):
    process.send_signal(server.stop_signal)
    assert process.wait(10) == 0


class TestPostgres:
    @pytest.mark.parametrize("pid", ["unrelated", "gone", "nonsense"])
    def test_a_stale_pid_file_does_not_hinder_the_start(self, postgres, pid):
        end(postgres, postgres.start())
        named = {"unrelated": str(os.getpid()), "gone": "4194304", "nonsense": "?"}[pid]
        (postgres.data / "postmaster.pid").write_text(f"{named}\n{postgres.data}\n")
        end(postgres, postgres.start())

    def test_a_killed_server_starts_again_with_its_data(self, postgres):
        process = postgres.start()
        assert postgres._psql("CREATE DATABASE kept").returncode == 0
        process.kill()
        process.wait()
        process = postgres.start()
        kept = postgres._psql("SELECT datname FROM pg_database WHERE datname = 'kept'")
        end(postgres, process)
        assert kept.stdout.strip() == "kept"

    def test_a_cluster_of_another_version_is_refused_in_one_sentence(self, postgres):
        postgres.data.mkdir()
        (postgres.data / "PG_VERSION").write_text("15\n")
        with pytest.raises(Refusal, match="date de PostgreSQL 15 ; la version embarquée est 18") as refused:
            postgres.start()
        assert refused.value.code == 69

    def test_a_killed_initdb_leaves_nothing_in_the_way(self, postgres):
        postgres.data.with_name("data.new").mkdir()
        end(postgres, postgres.start())

    def test_F05_a_full_disk_is_said_as_such(self, postgres):
        said = 'FATAL: could not write to file "pg_wal/xlogtemp.7": No space left on device'
        assert str(_explain(said, postgres.data)).startswith("Le disque est plein")

    def test_listens_on_no_port(self, postgres):
        process = postgres.start()
        asked = postgres._psql("SHOW listen_addresses")
        end(postgres, process)
        assert asked.stdout.strip() == ""


class TestValkey:
    def test_starts_again_after_a_kill(self, valkey):
        process = valkey.start()
        process.kill()
        process.wait()
        end(valkey, valkey.start())

    def test_dies_with_the_one_who_started_it(self, home, valkey):
        code = (
            "import sys, time; from pathlib import Path; from gru.launcher.home import throwaway_home; "
            "from gru.launcher.valkey import Valkey; home = throwaway_home(Path(sys.argv[1])); "
            "print(Valkey(home, home.path / 'v.log').start().pid, flush=True); time.sleep(60)"
        )
        starter = subprocess.Popen(
            [sys.executable, "-c", code, str(home.path)], stdout=subprocess.PIPE, text=True
        )
        assert int(starter.stdout.readline()) > 0
        starter.send_signal(signal.SIGKILL)
        starter.wait()
        end(valkey, valkey.start())  # it waits for the other one to leave


class TestHome:
    @pytest.fixture
    def made(self):
        """Opens data folders, and removes what their servers would have used."""
        homes = []

        def make(path):
            data = DataFolder(path)
            data.open()
            homes.append(home_of(data.path))
            return data, homes[-1]

        yield make
        for home in homes:
            for folder in (*home.path.parent.glob(f"{home.path.name}*"), home.sockets):
                shutil.rmtree(folder, ignore_errors=True)

    def test_a_long_path_still_gives_a_short_socket(self, tmp_path, made):
        _, home = made(tmp_path / ("long-" * 20))
        assert len(str(home.sockets / ".s.PGSQL.5432.lock")) < 108

    @pytest.mark.skipif(os.geteuid() != 0, reason="a user's servers lie in the data folder itself")
    def test_a_data_folder_made_anew_does_not_find_the_old_database(self, tmp_path, made):
        data, home = made(tmp_path / "var")
        (home.path / "pg" / "data").mkdir()
        (data.path / "servers").unlink()
        assert not (made(data.path)[1].path / "pg" / "data").exists()

    def test_two_data_folders_have_two_homes(self, tmp_path, made):
        assert made(tmp_path / "one")[1].path != made(tmp_path / "two")[1].path
