"""Calls of the chapter on vectors."""

FREE = {"unit.name"}


def calls():
    u, v = [3.0, 4.0, 1.0], [1.0, -2.0, 2.0]
    A = [[1.0, 2.0], [0.0, 1.0], [1.0, 1.0]]
    return {
        "angle": {"u": u, "v": v},
        "bag_of_words": {
            "texts": ["a dry chain", "dough"],
            "vocabulary": ["dry"],
        },
        "cosine_search": {"X": A, "q": [1.0, 2.0]},
        "cosine_similarity": {"u": u, "v": v},
        "cross": {"u": u, "v": v},
        "distance": {"u": u, "v": v, "p": 2.0},
        "dot": {"u": u, "v": v},
        "norm": {"x": u, "p": 3.0},
        "projection": {"u": u, "v": v},
        "unit": {"x": u, "name": "x"},
    }
