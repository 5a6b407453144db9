"""Heads 1 to 4 look at the last few letters, 5 to 8 also further back."""

import numpy as np

from derivable.learning import encode_text, trained_transformer
from derivable.learning.attention.passes import forward

TEXT = "the slope of the sum of two"
T = len(TEXT)
_, (KEPT, _, _) = forward(trained_transformer(), encode_text(TEXT)[None], 4)
WEIGHTS = np.concatenate([kept[5][0] for kept in KEPT])  # (8, T, T)
PARAMETERS = {
    "place": {
        "label": "Letter that looks",
        "values": np.arange(1, T + 1),
        "start": 21,
        "shown": "{:.0f}",
    },
    "head": {
        "label": "Head",
        "values": np.arange(1, 9),
        "start": 1,
        "shown": "{:.0f}",
    },
}
NUMBERS = {
    "back": ("Most weight so many letters back", "{:.0f}"),
    "most": ("Largest weight", "{:.2f}"),
}
SAYS = (
    "Letter {place:.0f}, head {head:.0f}: most weight, {most:.2f}, lies "
    "{back:.0f} letters back."
)


def state(place, head):
    p = WEIGHTS[int(head) - 1, int(place) - 1]
    at = 1 + int(np.argmax(p))
    return {"back": int(place) - at, "most": float(p.max())}


def draw(svg, at):
    p = WEIGHTS[int(at.head) - 1, int(at.place) - 1]
    plane = svg.panel(
        x=(0, T + 1), y=(-0.25, 1.05), xlabel="the text", ylabel="weight"
    )
    for i, letter in enumerate(TEXT, 1):
        plane.line([i, i], [0, float(p[i - 1])], "c0 wide")
        if letter != " ":
            plane.text(i, -0.12, letter, "c7 small")
    plane.dot(int(at.place), 0.0, "c1", drags="place")
