from requests_app.accounts.models.memberships import Membership, Role
from requests_app.accounts.models.rights import EVERYWHERE, RightsEvent
from requests_app.accounts.models.second_factors import BackupCode, SecondFactor
from requests_app.accounts.models.users import User

__all__ = ["EVERYWHERE", "BackupCode", "Membership", "RightsEvent", "Role", "SecondFactor", "User"]
