# %% starter
def slopes(edges, output):
    """Slope of `output` for each node of a graph.

    edges: (start, end, slope) in the order of the forward run."""
    found = {output: 1.0}
    for start, end, slope in reversed(edges):
        found[start] = found[end] * slope
    return found


# %% check
import itertools

from derivable.grading import expect_close, expect_equal

chain = [("x", "u", 2.0), ("u", "v", -3.0), ("v", "L", 0.5)]
found = slopes(chain, "L")
expect_equal(set(found), {"x", "u", "v", "L"}, what="nodes of a chain")
expect_close(found["x"], -3, what="slope for x in a chain")
expect_close(found["L"], 1, what="slope of L for itself")

twice = [("a", "s", 1.0), ("b", "s", 1.0), ("s", "L", 3.0), ("b", "L", 5.0)]
found = slopes(twice, "L")
expect_close(found["a"], 3, what="slope for a in (a + b) b at (2, 3)")
expect_close(
    found["b"],
    8,
    what="slope for b in (a + b) b at (2, 3)",
    hint="b reaches L on two paths: add",
)

grid = [
    (f"{t}{i}", f"{t + 1}{j}", (t + 1) * (i - 2 * j + 0.5))
    for t, i, j in itertools.product(range(3), range(2), range(2))
]
paths = 0.0
for i, j in itertools.product(range(2), repeat=2):
    middle = [(0 - 2 * i + 0.5), 2 * (i - 2 * j + 0.5), 3 * (j + 0.5)]
    paths += middle[0] * middle[1] * middle[2]
expect_close(
    slopes(grid, "30")["00"],
    paths,
    what="slope for the first of three layers of two nodes",
    hint="four paths lead there",
)
found = slopes([*chain, ("u", "other", 7.0)], "L")
expect_close(found["x"], -3, what="slope for x beside a loose end")
expect_close(
    found["other"],
    0,
    what="slope for a node that does not reach L",
    hint="begin with 0 for every node",
)


# %% solution
def slopes(edges, output):
    """Slope of `output` for each node of a graph.

    edges: (start, end, slope) in the order of the forward run."""
    found = {node: 0.0 for start, end, _ in edges for node in (start, end)}
    found[output] = 1.0
    for start, end, slope in reversed(edges):
        found[start] += found[end] * slope
    return found
