"""Texts as vectors of counts, and a search among them by angle.

Notation:
    X: one text a row, one word a column, shape (n, d).
    q: the question, counted in the same columns, shape (d,).
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.vectors.products import unit

TIE = 1e-12  # cosines of rounded rows may be this far apart and equal
NOTES = {
    "closed": "Closed on Monday.",
    "bread, short": "Bread dough rests overnight.",
    "bread, long": (
        "Mix flour, water, salt and a little yeast into a dough. Let the "
        "dough rest, then fold the dough and let it rest again. Cold dough "
        "is slow dough: overnight in the fridge the dough gains taste. "
        "Shape the bread, let the bread rise, and bake the bread hot, with "
        "steam. Bread that sounds hollow is done. Let the bread cool: warm "
        "bread tears, and bread dries slowly if you keep it in a cloth."
    ),
    "bicycle, short": "Oil the chain after rain.",
    "bicycle, long": (
        "A dry chain squeaks, and a dirty chain wears the gears. Wipe the "
        "chain, oil the chain, turn the pedals, and wipe the chain again. "
        "Check the brakes: if a brake pad is thin, change both pads. Pump "
        "the tyres every two weeks; a soft tyre makes the bicycle slow and "
        "wears the rim. A bicycle kept in the rain rusts within a winter."
    ),
    "garden, short": "Water tomatoes in the morning.",
    "garden, long": (
        "Tomatoes want sun, and water at the root. Water the tomatoes in "
        "the morning, so that the leaves dry; wet leaves invite blight. "
        "Tie the plants to canes, and pinch out the side shoots. When the "
        "tomatoes turn red, water less, and the tomatoes taste of more."
    ),
    "tides": (
        "The moon pulls the sea, and the sea rises twice a day. When sun "
        "and moon pull together, the tide is high; when they pull across "
        "each other, it is low. Ask the harbour for the times of the tide."
    ),
}
"""Notes from a kitchen wall, written for this book: title and text."""


def words(text: str) -> list[str]:
    """The runs of letters of a text, in lower case and in order."""
    return re.findall(r"[^\W\d_]+", text.lower())


COMMON = frozenset(
    words(
        "a after again and are as at both by do each every for from how if "
        "in into is it its less let more my of on or out so that the then "
        "they to when with within you"
    )
)
"""Words that say nothing about a subject, and are not counted."""


def bag_of_words(
    texts: Iterable[str], vocabulary: Sequence[str] | None = None
) -> tuple[Array, list[str]]:
    """Count words, and forget their order.

    Args:
        texts: n texts; words are runs of letters, in lower case.
        vocabulary: the d words to count; default all words that occur
            and are not in `COMMON`, in alphabetical order.

    Returns:
        The counts, shape (n, d), and the vocabulary.

    Raises:
        TypeError: if texts or vocabulary is one string, or not all of
            them are strings.
        ValueError: if there are no texts or there is no word to count.

    Source:
        Salton, Wong and Yang (1975); eq. `def:counts` of this book.
    """
    lists = [words(text) for text in check.strings(texts, "texts")]
    if vocabulary is None:
        vocabulary = sorted({w for given in lists for w in given} - COMMON)
    vocabulary = check.strings(vocabulary, "vocabulary")
    if not lists or not vocabulary:
        raise ValueError(
            "texts must hold a word to count, got "
            f"{len(lists)} texts and {len(vocabulary)} words"
        )

    X = np.array([[t.count(w) for w in vocabulary] for t in lists], float)
    return X, vocabulary


def cosine_search(
    X: ArrayLike, q: ArrayLike
) -> tuple[NDArray[np.intp], Array]:
    """Order rows by the cosine of their angle to a question.

    Args:
        X: one item a row, shape (n, d), no row zero.
        q: the question, shape (d,), not zero.

    Returns:
        The rows, best first, and the cosine of each row in the order of
        X, both of shape (n,). Cosines are from −1 to 1; of neighbours
        in this order that differ by rounding the earlier comes first.

    Raises:
        TypeError: if X or q is not real.
        ValueError: if q or a row of X is zero, X is not a finite
            matrix, or q has not one entry for each column.

    Source:
        eq. `def:cosine` of this book.
    """
    X, q = check.matrix(X, "X"), check.vector(q, "q")
    if len(q) != X.shape[1]:
        raise ValueError(f"q must have shape ({X.shape[1]},), got {q.shape}")

    U = np.array([unit(row, f"row {i} of X") for i, row in enumerate(X)])
    cosines = np.clip(np.sum(U * unit(q, "q"), axis=1), -1, 1)
    order = np.argsort(-cosines)
    ties = np.cumsum(np.diff(cosines[order], prepend=2) < -TIE)
    return order[np.lexsort((order, ties))], cosines
