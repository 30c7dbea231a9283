from requests_app.accounts.models.memberships import Membership, Role
from requests_app.accounts.models.rights import RightsEvent
from requests_app.accounts.models.users import User

__all__ = ["Membership", "RightsEvent", "Role", "User"]
