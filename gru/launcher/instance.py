"""One running product: its servers, its processes, the order in which they start and stop."""

import argparse
import os
import secrets
import subprocess
import time
from pathlib import Path

from gru.launcher import commands, welcome
from gru.launcher.bootstrap import PYTHON, ROOT, VENV
from gru.launcher.demo_law import invent_values
from gru.launcher.folder import SETTINGS, DataFolder, Lock, chosen_folder
from gru.launcher.home import home_of
from gru.launcher.ports import any_free, is_free, refuse_used
from gru.launcher.refusal import TRY_AGAIN, Refusal
from gru.launcher.servers import OWNER, Server, Servers, is_embedded
from gru.launcher.spawn import open_log, spawn
from gru.launcher.steps import Preparation, Stamps, say, sum_of_migrations, sum_of_static, sum_of_territory
from gru.launcher.supervisor import Child, Supervisor

_HEALTHY_SECONDS = 90
_OTHERS_SECONDS = 20
_OUTSIDE = ("GRU_EMAIL_URL", "GRU_TWILIO_API_BASE")  # with either, what is sent goes elsewhere
_DEMO_NUMBER = "+33937000000"  # one that platforms may send from and receive at (Arcep, 2022-1583)


class Instance:
    """Everything that `bin/serve` starts on one data folder."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.data = DataFolder(chosen_folder(options.data_dir))
        self.supervisor = Supervisor()
        self.servers: Servers | None = None
        self.owner: Lock | None = None
        self.env: dict[str, str] = {}
        self.owner_url = ""
        self.smtp_port = 0  # of the local post office; 0 without one

    def start(self) -> None:
        """Bring everything up, and announce it last."""
        self.data.open()
        was_killed = self.data.env_file.exists()
        self._own()
        refuse_used(self.options.port, "--port", seconds=10 if was_killed else 0)
        refuse_used(self.options.mail_port, "--mail-port", seconds=10 if was_killed else 0)
        if is_embedded() and not any(map(os.environ.get, _OUTSIDE)):
            self._choose_demo_ports(10 if was_killed else 0)
        self.servers = Servers(home_of(self.data.path), self.data.logs)
        if self.servers.mine:
            say(f"Démarrage des serveurs de données ({self.data.path})…")
        self.servers.start()
        self.env = self._environment()
        self.owner_url = self.env.pop(OWNER, "")  # migrations alone hold it
        self._prepare()
        self._launch()
        self._wait_until_healthy()
        self.data.write_env(self._public_env())
        options = self.options
        demo_port = options.demo_port if self.smtp_port else 0
        words = welcome.block(options.port, options.mail_port, demo_port, with_accounts=is_embedded())
        print(words, flush=True)

    def watch(self) -> None:
        """Restart processes that die, for ever."""
        while True:
            self.supervisor.tick()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop the processes, then the servers they use."""
        if self.owner is None:
            return
        self.data.forget_env()
        self.supervisor.stop()
        if self.servers:
            self.servers.stop()

    def _choose_demo_ports(self, seconds: float) -> None:
        """Choose the port asked for, or the usual one, or, next to another instance, any free one."""
        if self.options.demo_port is not None:
            refuse_used(self.options.demo_port, "--demo-port", seconds=seconds)
        else:
            usual = commands.DEMO_PORT
            self.options.demo_port = usual if is_free(usual) else any_free()
        self.smtp_port = any_free()

    def _own(self) -> None:
        self.owner = self.data.own()
        if self.owner is None and not self.data.read_env().get("GRU_PUBLIC_URL"):
            say("Une autre commande utilise ce dossier de données : attente de sa fin…")
            self.owner = self.data.own(seconds=_OTHERS_SECONDS)
        if self.owner is None:
            raise Refusal(
                f"GRU tourne déjà sur le dossier de données {self.data.path} : "
                "arrêtez-le, ou choisissez un autre dossier avec --data-dir.",
                TRY_AGAIN,
            )

    def _environment(self) -> dict[str, str]:
        """Return the variables of every process of the product."""
        public_url = os.environ.get("GRU_PUBLIC_URL") or f"http://{commands.LOOPBACK}:{self.options.port}"
        own = {"GRU_PUBLIC_URL": public_url, "GRU_MAIL_PORT": str(self.options.mail_port)}
        if is_embedded():
            own |= invent_values(os.environ)
        if self.smtp_port:
            asked = f"http://{commands.LOOPBACK}:{self.options.demo_port}/courriels/recu"
            own |= self._telephone()
            own["GRU_EMAIL_URL"] = f"smtp://{commands.LOOPBACK}:{self.smtp_port}?ask={asked}"
        path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        servers = self.servers.environment if self.servers else {}
        return {**os.environ, **self.data.environment(servers), **own, "PATH": path, "PYTHONUNBUFFERED": "1"}

    def _telephone(self) -> dict[str, str]:
        """Return the account of the local phone; a name or a token set by hand stays."""
        fresh = {
            "GRU_TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
            "GRU_TWILIO_AUTH_TOKEN": secrets.token_hex(16),
            "GRU_TWILIO_FROM": _DEMO_NUMBER,
        }
        given = {name: os.environ.get(name) or value for name, value in fresh.items()}
        return {**given, "GRU_TWILIO_API_BASE": f"http://{commands.LOOPBACK}:{self.options.demo_port}"}

    def _public_env(self) -> dict[str, str]:
        """Return the part of the environment that `run/env` gives to other commands."""
        names = ("DATABASE_URL", "REDIS_URL", SETTINGS)
        ours = {name: value for name, value in self.env.items() if name in names or name.startswith("GRU_")}
        return {**ours, OWNER: self.owner_url}

    def _prepare(self) -> None:
        """Prepare schema, territory, accounts, tickets, static files: each when its sources changed."""
        embedded = is_embedded()
        stamps = Stamps(home_of(self.data.path).stamps if embedded else None)
        files = Preparation(self.env, Stamps(self.data.path / "steps.json"))
        files.compile_catalogues()  # first: the check before each command measures texts in every language
        Preparation({**self.env, OWNER: self.owner_url}, stamps).run_once(
            commands.MIGRATE, sum_of_migrations()
        )
        database = Preparation(self.env, stamps)
        database.run_once(commands.TERRITORY, sum_of_territory())
        database.run_once(commands.ANSWER_MODELS)
        database.run_once(commands.APPOINTMENT_TYPES)
        database.run_once(commands.REMINDER_RULES)
        if embedded:
            database.run_once(commands.ACCOUNTS)
            if not self.options.empty:
                database.run_once(commands.DEMO)
        files.run_once(commands.STATIC, sum_of_static(self.data.path / "static"))

    def _launch(self) -> None:
        """Start the processes; the servers are watched with them."""
        say("Démarrage du site, des tâches et de la porte du courriel…")
        options, schedule = self.options, str(self.data.run / "schedule")
        if self.servers:
            for server in self.servers.mine:
                self._watch_server(self.servers, server)
        self._start("Le site", "web", commands.web(f"{commands.LOOPBACK}:{options.port}"))
        self._start("Le gestionnaire de tâches", "worker", commands.worker_and_scheduler(schedule))
        self._start("La porte du courriel", "mail", commands.mail_door(commands.LOOPBACK, options.mail_port))
        if self.smtp_port:
            office = commands.post_office(options.demo_port, self.smtp_port)
            self._start("Le bureau de poste de la démonstration", "post_office", office)

    def _watch_server(self, servers: Servers, server: Server) -> None:
        def launch() -> subprocess.Popen[bytes]:
            servers.processes[server.name] = server.start()
            return servers.processes[server.name]

        child = Child(server.name, launch, server.log, process=servers.processes[server.name])
        child.started_at = time.monotonic()
        self.supervisor.add(child)

    def _start(self, name: str, short: str, argv: list[str]) -> None:
        log, words = self.data.logs / f"{short}.log", use_environment(argv)

        def launch() -> subprocess.Popen[bytes]:
            with open_log(log) as output:
                return spawn(words, env=self.env, output=output, cwd=ROOT)

        self.supervisor.add(Child(name, launch, log))

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + _HEALTHY_SECONDS
        while not self._answers():
            self.supervisor.tick()
            if hopeless := self.supervisor.hopeless():
                raise Refusal(f"{hopeless.name} ne démarre pas : lisez {hopeless.log}.", TRY_AGAIN)
            if time.monotonic() > deadline:
                raise Refusal(f"GRU ne répond pas : lisez les journaux de {self.data.logs}.", TRY_AGAIN)
            time.sleep(0.1)

    def _answers(self) -> bool:
        options = self.options
        doors = [options.mail_port, *([options.demo_port] if self.smtp_port else [])]
        return welcome.answer_of(options.port, "/healthz") == 200 and all(map(welcome.is_open, doors))


def use_environment(argv: list[str]) -> list[str | Path]:
    """Return the same command, located in the project's environment whatever PATH says."""
    if argv[0] == "manage.py":
        return [PYTHON, *argv]
    return [PYTHON, VENV / "bin" / argv[0], *argv[1:]]
