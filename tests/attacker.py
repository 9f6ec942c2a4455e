"""Somebody who takes every total that is shown as an equation, and solves for what is withheld."""

Vector = tuple[int, ...]
PRIME = 1_000_003  # sums of so few amounts that no multiple of it can arise


def rank(vectors: list[Vector]) -> int:
    """By elimination in whole numbers, over a field large enough for sums of a handful of amounts."""
    rows = [list(vector) for vector in vectors]
    found = 0
    for place in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(found, len(rows)) if rows[n][place] % PRIME), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        inverse = pow(rows[found][place], -1, PRIME)
        for n in range(found + 1, len(rows)):
            factor = rows[n][place] * inverse % PRIME
            rows[n] = [(a - factor * b) % PRIME for a, b in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found


def follows(wanted: Vector, equations: list[Vector]) -> bool:
    """Whether the equations fix a sum of unknowns: whether its own row adds nothing to their rank."""
    return rank([*equations, wanted]) == rank(equations)
