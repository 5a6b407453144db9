"""Half the sensitivity at most halves what a positive answer is worth."""

import numpy as np

from derivable.probability import predictive_values

SPECIFICITY = 0.95
PREVALENCES = np.array(
    [
        *(0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05),
        *(0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5),
    ]
)
PARAMETERS = {
    "prevalence": {
        "label": "Prevalence",
        "values": PREVALENCES,
        "start": 0.01,
        "shown": "{:.1%}",
    },
    "sensitivity": {
        "label": "Sensitivity",
        "values": np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]),
        "start": 0.99,
        "shown": "{:.0%}",
    },
}
NUMBERS = {
    "found": ("Ill and positive, of 10,000", "{:.1f}"),
    "false": ("Healthy and positive, of 10,000", "{:.1f}"),
    "worth": ("P(ill | +)", "{:.1%}"),
    "relief": ("P(healthy | −)", "{:.2%}"),
}
SAYS = (
    "At a prevalence of {prevalence:.1%}, {worth:.1%} of the positives "
    "are ill."
)


def state(prevalence, sensitivity):
    worth, relief = predictive_values(prevalence, sensitivity, SPECIFICITY)
    return {
        "found": 10_000 * prevalence * sensitivity,
        "false": 10_000 * (1 - prevalence) * (1 - SPECIFICITY),
        "worth": float(worth),
        "relief": float(relief),
    }


def draw(svg, at):
    plane = svg.panel(
        x=(1e-3, 0.5),
        y=(0, 1),
        xlabel="prevalence",
        ylabel="P(ill | +)",
        xlog=True,
    )
    p = np.logspace(-3, np.log10(0.5), 60)
    worth, _ = predictive_values(p, at.sensitivity, SPECIFICITY)
    plane.line(p, worth, "c0 bold")
    plane.line([1e-3, 0.5], [0.5, 0.5], "c7 dashed")
    plane.dot(at.prevalence, at.worth, "c1", drags="prevalence")

    bar = svg.panel(
        x=(0, 1),
        y=(0, 1),
        xlabel="all who test positive",
        ylabel="share",
        height=plane.height,
    )
    side = np.array([0.25, 0.75, 0.75, 0.25])
    bar.area(side, [0, 0, at.worth, at.worth], "c1")
    bar.area(side, [at.worth, at.worth, 1, 1], "c0")
    bar.text(0.78, 0.04, "ill", "c1")
    bar.text(0.78, 0.94, "healthy", "c0")
