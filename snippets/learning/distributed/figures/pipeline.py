"""More micro-batches, a smaller share of idle time."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import pipeline_schedule

STAGES = 4
BATCHES = (2, 8)


def idle(M):
    return float(np.mean(pipeline_schedule(STAGES, M) == 0))


def numbers():
    few, many = map(idle, BATCHES)
    return {"few": few, "many": many, "M": list(BATCHES)}


def figure() -> Figure:
    fig, axes = plt.subplots(2, 1, figsize=(6.8, 3.8))
    for ax, M in zip(axes, BATCHES, strict=True):
        plan = pipeline_schedule(STAGES, M)
        for s in range(STAGES):
            for t, i in enumerate(plan[s]):
                if i == 0:
                    continue
                ax.add_patch(
                    plt.Rectangle(
                        (t + 0.04, s - 0.42),
                        *(0.92, 0.84),
                        facecolor="C0" if i > 0 else "C1",
                        alpha=0.35,
                    )
                )
                ax.text(
                    *(t + 0.5, s, abs(i)),
                    ha="center",
                    va="center",
                    fontsize=9,
                )
        ax.set(
            xlim=(0, 22),
            xticks=range(0, 23, 2),
            ylim=(STAGES - 0.4, -0.6),
            yticks=range(STAGES),
            xlabel="tick" if BATCHES[-1] == M else None,
        )
        ax.set_yticklabels([f"stage {s + 1}" for s in range(STAGES)])
        ax.grid(visible=False)
        ax.tick_params(left=False)
    axes[0].text(11, 1.0, "blue: forwards", color="C0")
    axes[0].text(11, 2.0, "orange: backwards", color="C1")
    return fig
