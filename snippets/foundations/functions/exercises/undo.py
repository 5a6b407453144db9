# %% starter
def undo(steps):
    """The function that takes a pipeline of (does, undoes) back."""

    def back(y):
        for _, undoes in steps:
            y = undoes(y)
        return y

    return back


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

celsius = undo(
    [
        (lambda c: 1.8 * c, lambda y: y / 1.8),
        (lambda y: y + 32, lambda f: f - 32),
    ]
)
expect_close(
    celsius(212.0),
    100,
    what="212 degrees Fahrenheit, undone",
    hint="which step was taken last?",
)
expect_close(
    celsius(212.0),
    100,
    what="212 degrees Fahrenheit, undone once more",
    hint="did the first call use up the steps, or reverse them?",
)

steps = [
    (lambda x: x - 4, lambda y: y + 4),
    (np.exp, np.log),
    (lambda x: 3 * x, lambda y: y / 3),
]
given = list(steps)
x = np.array([[1.0, 2.0], [3.0, 4.0]])
y = x
for does, _ in steps:
    y = does(y)
expect_close(undo(steps)(y), x, what="three steps and back, for a matrix")
expect_equal(
    steps == given,
    True,
    what="whether the pipeline is left as it was",
    hint="`reversed` reads a list from its end and does not change it",
)
expect_close(
    undo([])(7.0), 7, what="no steps, undone", hint="nothing to take back"
)


# %% solution
def undo(steps):
    """The function that takes a pipeline of (does, undoes) back."""

    def back(y):
        for _, undoes in reversed(steps):
            y = undoes(y)
        return y

    return back
