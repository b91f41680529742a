"""Quorums and majorities: shares of a whole, compared with whole numbers and never by dividing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xuequ.core.standards import Scalar, Standard, Standards


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may vote: how many should attend, and how many of these are there."""

    due: int
    present: int


@dataclass(frozen=True, slots=True)
class Share:
    """At least, or more than, a fraction of a number."""

    of: Fraction
    inclusive: bool

    def reached(self, part: int, whole: int) -> bool:
        """Tell whether a part of a whole is enough, without dividing.

        >>> half = Fraction(1, 2)
        >>> Share(half, True).reached(8, 16), Share(half, False).reached(8, 16)
        (True, False)
        """
        ours, theirs = part * self.of.denominator, whole * self.of.numerator
        return ours > theirs or (self.inclusive and ours == theirs)

    def least(self, whole: int) -> int:
        """Return the smallest part of a whole that is enough.

        >>> Share(Fraction(4, 5), True).least(15), Share(Fraction(1, 2), False).least(16)
        (12, 9)
        """
        quotient, rest = divmod(whole * self.of.numerator, self.of.denominator)
        return quotient if self.inclusive and not rest else quotient + 1


@dataclass(frozen=True, slots=True)
class VoteRule:
    """What a vote needs on a day, and the entry of the rule parameters that says so."""

    quorum: Share
    majority: Share
    base: str
    entry: Standard

    @property
    def authority(self) -> str:
        """The document and the article."""
        return f"{self.entry.authority}{self.entry.article}"

    def whole(self, electorate: Electorate) -> int:
        """Return of how many the majority is counted: those who should attend, or those who do."""
        return electorate.present if self.base == "present" else electorate.due

    def has_quorum(self, electorate: Electorate) -> bool:
        """Tell whether enough of those who should attend do; of nobody there is none."""
        return electorate.due > 0 and self.quorum.reached(electorate.present, electorate.due)

    def needed(self, electorate: Electorate) -> int:
        """Return how many must attend."""
        return max(1, self.quorum.least(electorate.due))

    def passes(self, yes: int, electorate: Electorate) -> bool:
        """Tell whether those who are for it are enough, where there is a quorum."""
        return self.majority.reached(yes, self.whole(electorate))


def vote_rule(key: str, standards: Standards, on: date, *, otherwise: str = "") -> VoteRule:
    """Return what a vote needs on a day by a rule parameter that is a table of one row.

    Args:
        key: of a table whose row has quorum, quorum_inclusive, base, and maybe threshold and inclusive.
        standards: the values that hold here.
        on: the day of the vote.
        otherwise: the key of the ratio that must be exceeded among those present, where the row has none.
    """
    entry = standards.entry(key, on=on)
    row = standards.rows(key, on=on)[0]
    quorum = Share(_ratio(row, "quorum"), bool(row["quorum_inclusive"]))
    if otherwise and "threshold" not in row:
        most = Share(standards.ratio(otherwise, on=on), inclusive=False)
        return VoteRule(quorum, most, "present", entry)
    majority = Share(_ratio(row, "threshold"), bool(row.get("inclusive", False)))
    return VoteRule(quorum, majority, str(row["base"]), entry)


def _ratio(row: Mapping[str, Scalar], name: str) -> Fraction:
    value = row[name]
    assert isinstance(value, int | Fraction), f"{name} is a ratio by the table's declaration"
    return Fraction(value)
