# %% starter
def chain(*functions):
    """One function that applies all of them, the last one first."""

    def both(x):
        for f in functions:
            x = f(x)
        return x

    return both


# %% check
from derivable.grading import expect_close, expect_equal

expect_close(
    chain(lambda x: x + 3, lambda x: 2 * x)(4),
    11,
    what="chain(add three, double)(4)",
    hint="the last function meets x first",
)
expect_equal(
    chain(str.upper, str.strip, str)(12.5),
    "12.5",
    what="chain(str.upper, str.strip, str)(12.5)",
    hint="a number cannot be stripped: str has to come first",
)
expect_equal(
    chain()("as it is"),
    "as it is",
    what='chain()("as it is")',
    hint="doing nothing returns the input",
)
twice = chain(lambda x: x * 2, lambda x: x + 1)
expect_close(
    [twice(1), twice(1)],
    [4, 4],
    what="two calls of one chain",
    hint="an iterator is empty after the first call",
)


# %% solution
def chain(*functions):
    """One function that applies all of them, the last one first."""

    def both(x):
        for f in reversed(functions):
            x = f(x)
        return x

    return both
