"""Reading what is protected, or taking a copy of it out of the house, is an act too. Whoever lets it happen calls this.

read("export.download", actor=request.user, case=claim.case, what=request.get_full_path())
"""

from typing import Any

from audit.acts import act
from newsroom import permits
from newsroom.models import Case, User


def read(name: str, *, actor: User | str, what: str, case: Case | None = None, on_behalf_of: Any = None) -> None:
    """Put on record that `actor` reads `what`, before they do. Raises `permits.Denied`."""
    permits.require(actor, name, case)
    with act(name, actor=actor, case=case, reason=what, on_behalf_of=on_behalf_of):
        pass
