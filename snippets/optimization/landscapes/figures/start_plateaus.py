"""Every hundredfold smaller start lengthens the plateau by equal steps."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import gradient_descent, minimize, product_loss

STARTS = (1e-1, 1e-3, 1e-5, 1e-7)


def figure():
    fig, ax = plt.subplots(figsize=(6.4, 3))
    for i, start in enumerate(STARTS):
        path = minimize(
            product_loss(),
            [start, start],
            gradient_descent(0.1),
            num_steps=200,
        )
        ax.plot(path.f, color=f"C{i}")
        k = int(np.argmax(path.f < 0.25))
        ax.text(k + 3, 0.27, f"1e{np.log10(start):.0f}", color=f"C{i}")
    ax.text(1, 0.06, "start at", color="C7")
    ax.set(xlabel="step", ylabel="loss ½ (u v − 1)²", ylim=(-0.02, 0.56))
    return fig
