from requests_app.accounts.services.agents import (
    Grant,
    change_agent,
    create_agent,
    give_temporary_password,
    leave,
)
from requests_app.accounts.services.own import set_own_password, work_at
from requests_app.accounts.services.sessions import forget_sessions

__all__ = [
    "Grant",
    "change_agent",
    "create_agent",
    "forget_sessions",
    "give_temporary_password",
    "leave",
    "set_own_password",
    "work_at",
]
