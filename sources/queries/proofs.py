"""What is proven of a capture, by whom, and where else it has a copy: two queries and a look into the file."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from audit.stamps.authorities import targets
from audit.stamps.states import StampState
from sources import archive
from sources.archiving.blobs import BlobAltered, BlobMissing
from sources.archiving.signing import BadSignature, Signed, signature_of
from sources.models import Capture, CaptureStamp, ExternalCopy
from sources.models.capture import CaptureQuerySet

SHOWN = 10  # copies elsewhere, latest first


class SignedBy(StrEnum):
    US = "US"
    SOMEBODY_ELSE = "SOMEBODY_ELSE"
    NOBODY = "NOBODY"
    FALSE = "FALSE"  # a signature that does not hold


@dataclass(frozen=True, slots=True)
class Proofs:
    """`signed` is the signature inside the WACZ, where it has one that holds."""

    signed_by: SignedBy
    signed: Signed | None
    stamps: list[CaptureStamp]
    copies: list[ExternalCopy]

    @property
    def lacks_stamps(self) -> bool:
        """Whether there is an authority in the settings that was not asked, or has not answered."""
        there = {(stamp.kind, stamp.target): stamp for stamp in self.stamps}
        asked = [there.get((each.kind, each.url)) for each in targets()]
        return any(stamp is None or stamp.is_unanswered for stamp in asked)

    @property
    def under_way(self) -> bool:
        return any(copy.is_under_way for copy in self.copies)


def proofs_of(capture: Capture) -> Proofs:
    """For whoever may see the capture."""
    copies = list(capture.copies.select_related("asked_by")[:SHOWN])
    if not capture.wacz_digest:
        return Proofs(SignedBy.NOBODY, None, [], copies)
    by, signed = _signature(capture.wacz_digest, archive.our_public_keys())
    return Proofs(by, signed, list(capture.stamps.select_related("capture")), copies)


def lacking_stamps(*, failed: bool) -> CaptureQuerySet:
    """Captures with a file that an authority in the settings was never asked about, or where it `failed`."""
    wanted = Q()
    for each in targets():
        of_it = CaptureStamp.objects.filter(capture=OuterRef("pk"), kind=each.kind, target=each.url)
        wanted |= Q(~Exists(of_it.exclude(state=StampState.FAILED) if failed else of_it))
    return Capture.objects.exclude(wacz_digest="").filter(wanted) if wanted else Capture.objects.none()


def _signature(wacz_digest: str, ours: frozenset[str]) -> tuple[SignedBy, Signed | None]:
    try:
        with archive.store().open(wacz_digest) as file:
            signed = signature_of(file)
    except BadSignature:
        return SignedBy.FALSE, None
    except (BlobMissing, BlobAltered):  # which is told where it is asked for
        return SignedBy.NOBODY, None
    if signed is None:
        return SignedBy.NOBODY, None
    return (SignedBy.US if signed.public_key in ours else SignedBy.SOMEBODY_ELSE), signed
