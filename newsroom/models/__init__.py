from newsroom.models.case import Case, visible_cases
from newsroom.models.membership import Membership
from newsroom.models.notification import Notification
from newsroom.models.policy import LoneAnonymous, Preset, VerificationPolicy, policy_from
from newsroom.models.role import Role
from newsroom.models.user import User

__all__ = [
    "Case",
    "LoneAnonymous",
    "Membership",
    "Notification",
    "Preset",
    "Role",
    "User",
    "VerificationPolicy",
    "policy_from",
    "visible_cases",
]
