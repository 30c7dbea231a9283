"""Agents and their rights: no word of a ticket."""

from requests_app.lib.holdings import exempts

exempts(
    "Agents of the authority, not the persons they answer.",
    "accounts.User",
    "accounts.User_groups",
    "accounts.User_user_permissions",
    "accounts.Membership",
    "accounts.RightsEvent",
    "accounts.SecondFactor",
    "accounts.BackupCode",
)
exempts("Names of rights.", "auth.Permission", "auth.Group", "auth.Group_permissions")
exempts("Names of models.", "contenttypes.ContentType")
exempts("What administrators changed of the territory and the catalog.", "admin.LogEntry")
exempts("Sign-ins of agents; the library ends them.", "axes.AccessFailureLog", "axes.AccessLog")
exempts("Wrong passwords of agents.", "axes.AccessAttempt", "axes.AccessAttemptExpiration")
exempts("Leaves with the session, in hours (accounts.forget_sessions).", "sessions.Session")
