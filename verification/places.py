"""Where rooms above this one add what they know: to the page of a claim, to that of a case, to one's desk."""

from newsroom.models import Case, User
from newsroom.panels import Panels
from verification.models import Claim

on_claims: Panels[Claim] = Panels()
on_cases: Panels[Case] = Panels()
on_desks: Panels[User] = Panels()
