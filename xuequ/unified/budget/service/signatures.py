"""Who signs a document of the budget: as which post, with whose powers, and what they hold or held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.access import Holding, Post
from xuequ.core.context import Service
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.posts import PostRows
from xuequ.registry.rules.duties import Held
from xuequ.registry.service.posts.views import held_of
from xuequ.unified.budget.repository.claims import ClaimRows
from xuequ.unified.budget.rules.claim_duties import Doer

__all__ = ["Signatories", "Signatory"]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as which post; `lender` is whose powers they are when they are only lent.

    A script has no member of staff, and its reason stands for the signature.
    """

    staff_id: int | None
    number: str
    post: Post | None
    lender: int | None = None
    reason: str = ""


class Signatories(Service):
    """Finds out who signs."""

    @property
    def _people(self) -> ClaimRows:
        return ClaimRows(self.context.session, self.context.scope, self.context.place)

    def _signs_at(self, place: str, posts: Iterable[Post]) -> Signatory:
        """Return who signs, and as which of these posts, in their order, if one of them is held.

        Own powers go before lent ones.
        """
        actor = self.context.acting
        if actor.is_system:
            return Signatory(None, "", None, reason=actor.reason)
        staff_id = self._people.staff_id(actor.staff_no)
        if staff_id is None:
            raise StaffUnknown(staff=actor.staff_no)
        lenders = self._lenders(staff_id)
        usable = [
            (lenders.get((held.post, held.place)), held.post)
            for post in posts
            for held in actor.holdings or ()
            if held.post is post and held.reaches(place)
        ]
        lender, post = min(usable, key=lambda one: one[0] is not None, default=(None, None))
        return Signatory(staff_id, actor.staff_no, post, lender)

    def _lenders(self, staff_id: int) -> dict[tuple[Post, str], int]:
        """Return who lends which powers where, of those that somebody has no post of their own for."""
        powers = [(Post(one.post), one.place, one.lender) for one in self._powers(staff_id)]
        own = {(post, place) for post, place, lender in powers if lender is None}
        return {
            (post, place): lender
            for post, place, lender in powers
            if lender is not None and (post, place) not in own
        }

    def _powers(self, staff_id: int) -> Sequence[AnyRow]:
        if self.context.actor.holdings is not None:
            return ()  # the host keeps posts itself, and says nothing of who lends them
        return self._people.lenders(staff_id, self.context.today)

    def _lent_by(self, who: Signatory) -> list[Doer]:
        if who.lender is None:
            return []
        return [Doer(id_, number) for id_, number in self._people.staff_numbers([who.lender]).items()]

    def _held(self, staff_id: int, since: date) -> list[Held]:
        """Return what somebody has held since a day, with what the host says is held now."""
        context, today = self.context, self.context.today
        rows = PostRows(context.session, context.scope, context.place)
        found = [held_of(row) for row in rows.held_by(staff_id, DaySpan.through(since, today))]
        given: tuple[Holding, ...] = context.actor.holdings or ()
        return found + [Held(one.post, one.place, DaySpan.through(today, today)) for one in given]
