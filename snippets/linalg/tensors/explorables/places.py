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


def bar(left, right, top):
    return [left, right, right, left], [top, top, top - 0.7, top - 0.7]


def draw(svg, at):
    plane = svg.panel(
        x=(-3.5, 12.5), y=(-MOST - 1, 2), xlabel="index", ylabel="place"
    )
    padding = int(at.padding)
    for i in range(LENGTH):
        plane.area(*bar(i + 0.05, i + 0.95, 1.3), "c0")
    for i in range(3):
        shown = i < padding
        for start in (-1 - i, LENGTH + i):
            wide = 0.9 if shown else 0
            plane.area(*bar(start + 0.05, start + 0.05 + wide, 1.3), "c7")
    for i in range(MOST):
        if i < at.places:
            start = at.starts[i]
            plane.area(*bar(start + 0.05, start + KERNEL - 0.05, -i), "c1")
        else:
            plane.area(*bar(0.0, 0.0, -i), "c1")
    plane.text(-3.4, 1.55, "axis (blue) with zeros (grey)", "c0 small")
    plane.text(12.4, -MOST - 0.4, "filter, place by place", "c1 small", "end")
