"""The formula for the output size counts the places of the filter."""

import numpy as np

from derivable.linalg import conv_output_size

LENGTH, KERNEL = 9, 3
PARAMETERS = {
    "stride": {
        "label": "Stride t",
        "values": np.arange(1, 6),
        "start": 1,
        "shown": "{:.0f}",
    },
    "padding": {
        "label": "Padding p",
        "values": np.arange(4),
        "start": 1,
        "shown": "{:.0f}",
    },
}
NUMBERS = {
    "places": ("Places of the filter", "{:.0f}"),
    "unseen": ("Entries that no place covers", "{:.0f}"),
}
SAYS = (
    "Stride {stride:.0f}, padding {padding:.0f}: {places:.0f} places, "
    "{unseen:.0f} entries are covered by none."
)
MOST = conv_output_size(LENGTH, KERNEL, stride=1, padding=3)


def state(stride, padding):
    stride, padding = int(stride), int(padding)
    places = conv_output_size(LENGTH, KERNEL, stride=stride, padding=padding)
    starts = [stride * i - padding for i in range(places)]
    covered = {s + r for s in starts for r in range(KERNEL)}
    return {
        "places": places,
        "unseen": sum(i not in covered for i in range(LENGTH)),
        "starts": starts,
    }


HIDDEN = -100  # left of all that is seen


def bar(left, right, low):
    return [left, right, right, left], [low, low, low + 0.7, low + 0.7]


def draw(svg, at):
    plane = svg.panel(
        x=(-3.5, 12.5), y=(-3, MOST + 1), xlabel="index", ylabel="place"
    )
    for i in range(LENGTH):
        plane.area(*bar(i + 0.05, i + 0.95, -1.5), "c0")
    for i in range(3):
        for start in (-1 - i, LENGTH + i):
            left = start + 0.05 if i < at.padding else HIDDEN
            plane.area(*bar(left, left + 0.9, -1.5), "c7")
    for i in range(MOST):
        left = at.starts[i] + 0.05 if i < at.places else HIDDEN
        plane.area(*bar(left, left + KERNEL - 0.1, i), "c1")
    plane.text(4.5, -2.6, "axis (blue), zeros (grey)", "c0 small", "middle")
    plane.text(-3.2, MOST + 0.1, "filter, place by place", "c1 small")
