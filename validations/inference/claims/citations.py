"""Which exhibits the sentence of a claim cites."""

from validations.tables import Record


def cited_exhibits(claim: Record) -> tuple[str, ...]:
    """The exhibits that the sentence cites for the claim: table2, fig3_b."""
    return tuple(filter(None, claim["cites"].split(";")))


def cites(claim: Record, exhibit: str) -> bool:
    """Whether the sentence cites an exhibit, or the figure of which the exhibit is a part (fig3 of fig3_b)."""
    return any(
        exhibit == name or exhibit.startswith(f"{name}_") or name.startswith(f"{exhibit}_")
        for name in cited_exhibits(claim)
    )
