"""A small transformer: scores of the next token, loss and gradient.

Notation:
    parameters: {"E": (k, w), "blocks": […], "g": (w,), "b": (w,),
        "U": (w, k)}; a block has "g1", "b1", "Wq", "Wk", "Wv", "Wo",
        "g2", "b2", "W1", "c1", "W2", "c2".
    tokens: whole numbers in 0 … k − 1, shape (T,) or (B, T).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable.calculus.autodiff.dual import plain
from derivable.learning.attention import _checks, passes


def transformer(parameters: Any, tokens: ArrayLike, *, num_heads: int) -> Any:
    """The scores of the token after each one; later ones are not seen.

    Args:
        parameters: as `init_transformer` makes them; arrays, Tensors or
            Duals.
        tokens: one text, shape (T,), or several, shape (B, T).
        num_heads: heads of each block, h.

    Returns:
        Scores, shape (T, k) or (B, T, k).

    Raises:
        TypeError: if parameters are no such dict, or not real, or
            tokens are no whole numbers.
        ValueError: if shapes do not fit, a token is not in 0 … k − 1,
            num_heads does not divide w, or a score is not finite.

    Source:
        eq. `def:block` of this book.
    """
    p = _checks.transformer(parameters, num_heads)
    x = _checks.tokens(tokens, p["E"].shape[0])

    with np.errstate(over="ignore", invalid="ignore"):
        Z, _ = passes.forward(p, np.atleast_2d(x), num_heads)
    _checks.finite(plain(Z), "scores")
    return Z if x.ndim == 2 else Z[0]


def transformer_loss(
    parameters: Any, tokens: ArrayLike, *, num_heads: int
) -> Any:
    """The mean of −ln p of each token but the first, to be differentiated.

    Args:
        parameters: as for `transformer`.
        tokens: one text, shape (T + 1,), or several, shape (B, T + 1).
        num_heads: heads of each block, h.

    Returns:
        The cross-entropy in nats, of the kind of the parameters.

    Raises:
        TypeError: as `transformer`.
        ValueError: as `transformer`, or if there are fewer than two
            tokens.
    """
    p = _checks.transformer(parameters, num_heads)
    x = np.atleast_2d(_checks.tokens(tokens, p["E"].shape[0], least=2))

    with np.errstate(over="ignore", invalid="ignore"):
        Z, _ = passes.forward(p, x[:, :-1], num_heads)
    _checks.finite(plain(Z), "scores")
    hit = x[:, 1:, None] == np.arange(Z.shape[-1])
    value = -np.mean(passes.log_shares(Z)[hit])
    return value if isinstance(value, type(Z)) else float(value)


def transformer_gradient(
    parameters: Any, tokens: ArrayLike, *, num_heads: int
) -> tuple[float, dict[str, Any]]:
    """The loss of a transformer and its gradient, by formulas.

    Args:
        parameters: as for `transformer`, arrays.
        tokens: as for `transformer_loss`.
        num_heads: heads of each block, h.

    Returns:
        The loss, and the gradient in the shape of the parameters.

    Raises:
        TypeError: as `transformer_loss`.
        ValueError: as `transformer_loss`.

    Source:
        eq. `claim:attention-gradients` of this book.
    """
    p = _checks.transformer(parameters, num_heads)
    x = np.atleast_2d(_checks.tokens(tokens, p["E"].shape[0], least=2))

    with np.errstate(over="ignore", invalid="ignore"):
        value, gradient = passes.loss_and_gradient(p, x, num_heads)
    _checks.finite(value, "the loss")
    for key in _checks.TOP:
        if key != "blocks":
            _checks.finite(gradient[key], f"the gradient of {key}")
    for block in gradient["blocks"]:
        for key, g in block.items():
            _checks.finite(g, f"the gradient of {key}")
    return value, gradient


def token_cross_entropy(
    parameters: Any, tokens: ArrayLike, *, num_heads: int, context: int
) -> float:
    """The mean of −ln p over a text, read through windows.

    Windows of `context` tokens move on by half of it, the last one by
    less if less is left. Each window counts the tokens that the one
    before it has not counted, so each token but the first is counted
    once, and from half a window or more but for the first few.

    Args:
        parameters: as for `transformer`, arrays.
        tokens: one text, shape (n,), of more than `context` tokens.
        num_heads: heads of each block, h.
        context: length of a window, even; beyond the windows of the
            training, positions mean nothing.

    Returns:
        The cross-entropy in nats a token, over all but the first; its
        exponential is the perplexity.

    Raises:
        TypeError: as `transformer`.
        ValueError: as `transformer`, or if context is odd or below 2,
            or there are not more tokens than `context`.
    """
    p = _checks.transformer(parameters, num_heads)
    T = check.whole(context, "context", least=2)
    if T % 2:
        raise ValueError(f"context must be even, got {context}")
    x = _checks.tokens(tokens, p["E"].shape[0], least=T + 1, ndim=(1,))

    starts = np.append(np.arange(0, len(x) - 1 - T, T // 2), len(x) - 1 - T)
    windows = x[starts[:, None] + np.arange(T + 1)]
    with np.errstate(over="ignore", invalid="ignore"):
        Z, _ = passes.forward(p, windows[:, :-1], num_heads)
    L = passes.log_shares(_checks.finite(Z, "scores"))
    found = np.take_along_axis(L, windows[:, 1:, None], -1)[..., 0]
    moves = np.diff(starts)[:, None]  # what a window counts at its end
    new = np.arange(T) >= T - moves
    counted = np.concatenate([found[0], found[1:][new]])
    return -float(np.mean(counted))
