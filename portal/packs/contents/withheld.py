"""What an open pack leaves out, in sentences that name the ground and never how much there is."""

from portal.packs.blocks import Notice

from .snapshot import Snapshot

ACT = "of Schedule 12A to the Local Government Act 1972"
NOT_FOR_PUBLICATION = (
    "This version holds everything, exempt and internal matter included. It is for the members and advisers "
    "of the Programme Board. Each exempt line names the paragraphs that make it so."
)
INTERNAL_LEFT_OUT = "Internal matter is left out of the open version."


def exempt_words(snapshot: Snapshot) -> Notice:
    """The notice on the cover."""
    if not snapshot.is_open:
        return Notice("exempt", "Not for publication", NOT_FOR_PUBLICATION)
    words = [INTERNAL_LEFT_OUT, snapshot.case.withheld]
    if snapshot.paragraphs:
        words.append(exempt_left_out("projects, their plans and decisions", snapshot.paragraphs))
    return Notice("exempt", "What this version leaves out", " ".join(filter(None, words)))


def exempt_left_out(what: str, paragraphs: tuple[int, ...]) -> str:
    """For example: Exempt projects are left out (paragraph 3 of Schedule 12A …)."""
    first, last = ", ".join(map(str, paragraphs[:-1])), paragraphs[-1]
    ground = f"paragraphs {first} and {last}" if first else f"paragraph {last}"
    return f"Exempt {what} are left out ({ground} {ACT})."


def register_left_out(snapshot: Snapshot, what: str) -> tuple[Notice, ...]:
    """The notice in place of risks or issues: none of them has a public face."""
    words = [INTERNAL_LEFT_OUT]
    if snapshot.risk_paragraphs:
        words.append(exempt_left_out("risks and issues", snapshot.risk_paragraphs))
    return (Notice("exempt", f"{what} left out", " ".join(words)),)


def projects_left_out(snapshot: Snapshot) -> tuple[Notice, ...]:
    """The notice above a list of projects, milestones or decisions of an open pack."""
    if not snapshot.is_open:
        return ()
    words = [INTERNAL_LEFT_OUT]
    if snapshot.paragraphs:
        words.append(exempt_left_out("matter", snapshot.paragraphs))
    return (Notice("exempt", "Left out", " ".join(words)),)


def money_left_out(snapshot: Snapshot, what: str, withheld: str) -> tuple[Notice, ...]:
    """The notice in place of figures that an open pack does not hold; nothing where none are left out."""
    if not withheld:
        return ()
    return (Notice("exempt", f"{what} left out", f"{INTERNAL_LEFT_OUT} {withheld}"),)
