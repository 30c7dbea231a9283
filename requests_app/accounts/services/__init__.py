from requests_app.accounts.services.agents import (
    Grant,
    change_agent,
    create_agent,
    give_temporary_password,
    leave,
)
from requests_app.accounts.services.own import set_own_password, work_at
from requests_app.accounts.services.second_factors import (
    accept_code,
    remove_second_factor,
    renew_backup_codes,
    turn_off_second_factor,
    turn_on_second_factor,
)
from requests_app.accounts.services.sessions import forget_sessions

__all__ = [
    "Grant",
    "accept_code",
    "change_agent",
    "create_agent",
    "forget_sessions",
    "give_temporary_password",
    "leave",
    "remove_second_factor",
    "renew_backup_codes",
    "set_own_password",
    "turn_off_second_factor",
    "turn_on_second_factor",
    "work_at",
]
