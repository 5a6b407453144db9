# %% starter
import numpy as np


def attention_back(Q, K, V, dO):
    """Gradients of causal attention for Q, K (T, d) and V (T, e)."""
    T, d = Q.shape
    S = np.where(np.tri(T) == 1, Q @ K.T / np.sqrt(d), -np.inf)
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    dP = dO @ V.T
    dS = dP * P * (1 - P) / np.sqrt(d)
    return dS @ K, dS.T @ Q, P.T @ dO


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.learning import attention_gradients

rng = np.random.default_rng(0)
hints = {
    "dV": "O = P V is a product: its adjoint needs no softmax",
    "dQ": "a softmax mixes a row: subtract the row's sum of P * dP",
    "dK": "the scores are Q Kᵀ/√d: which of dS and dS.T meets Q?",
}
names = ("dQ", "dK", "dV")
for T, d, e in [(1, 3, 2), (4, 2, 5), (6, 4, 4)]:
    Q, K = rng.normal(size=(2, T, d))
    V, G = rng.normal(size=(2, T, e))
    mask = np.tri(T, dtype=bool)
    found = attention_back(Q, K, V, G)
    right = attention_gradients(Q, K, V, G, mask=mask)
    for name, mine, theirs in zip(names, found, right, strict=True):
        expect_close(
            mine,
            theirs,
            what=f"{name} for T, d, e = {T}, {d}, {e}",
            hint=hints[name],
        )

# %% solution
import numpy as np


def attention_back(Q, K, V, dO):
    """Gradients of causal attention for Q, K (T, d) and V (T, e)."""
    T, d = Q.shape
    S = np.where(np.tri(T) == 1, Q @ K.T / np.sqrt(d), -np.inf)
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    dP = dO @ V.T
    dS = P * (dP - np.sum(P * dP, axis=1, keepdims=True)) / np.sqrt(d)
    return dS @ K, dS.T @ Q, P.T @ dO
