"""Calls of the chapter on bases."""


def calls():
    A = [[1.0, 2.0], [0.0, 1.0], [1.0, 1.0]]
    return {
        "combination": {"A": A, "c": [1.0, 2.0, 2.0], "rtol": 1e-12},
        "coordinates": {"B": [[1.0, 1.0], [0.0, 2.0]], "x": [3.0, 4.0]},
        "gram_schmidt": {"A": A, "method": "classical", "passes": 2},
        "rank": {"A": A, "rtol": 1e-12},
    }


RESULTS = {"Combination"}
