# %% starter
import numpy as np


def rank_pages(links, d=0.85, steps=200):
    """PageRank; links[i, j] is 1 if page i links to page j."""
    n = len(links)
    out = np.maximum(links.sum(axis=1), 1)
    S = (links / out[:, None]).T
    r = np.full(n, 1 / n)
    for _ in range(steps):
        r = d * S @ r + (1 - d) / n
    return r


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.linalg import pagerank

ring = np.eye(4)[[1, 2, 3, 0]]
expect_close(
    rank_pages(ring), np.full(4, 0.25), what="rank_pages of a ring of four"
)
chain = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
expect_close(
    np.sum(rank_pages(chain)),
    1,
    what="sum of the shares of a chain",
    hint="the last page links nowhere: where does its surfer go?",
)
rng = np.random.default_rng(0)
links = (rng.random((12, 12)) < 0.15).astype(float)
expect_close(
    rank_pages(links, d=0.7),
    pagerank(links, damping=0.7),
    atol=1e-10,
    what="rank_pages of a random graph, d = 0.7",
)

# %% solution
import numpy as np


def rank_pages(links, d=0.85, steps=200):
    """PageRank; links[i, j] is 1 if page i links to page j."""
    n = len(links)
    out = links.sum(axis=1, keepdims=True)
    S = np.where(out == 0, 1 / n, links / np.maximum(out, 1)).T
    r = np.full(n, 1 / n)
    for _ in range(steps):
        r = d * S @ r + (1 - d) / n
    return r
