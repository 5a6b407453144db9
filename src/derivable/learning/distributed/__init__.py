"""Many machines: averaged gradients, messages, delays, pipelines, limits."""

from derivable.learning.distributed.all_reduce import (
    AllReduce,
    Message,
    message_time,
    ring_all_reduce,
    server_all_reduce,
    tree_all_reduce,
)
from derivable.learning.distributed.average import average_gradient, shards
from derivable.learning.distributed.cost import (
    all_reduce_time,
    amdahl,
    gustafson,
    parallel_time,
)
from derivable.learning.distributed.noise import (
    critical_batch,
    noisy_quadratic,
)
from derivable.learning.distributed.pipeline import pipeline_schedule
from derivable.learning.distributed.stale import (
    delay_limit,
    delayed_gradient_descent,
    local_gradient_descent,
)

__all__ = [
    "AllReduce",
    "Message",
    "all_reduce_time",
    "amdahl",
    "average_gradient",
    "critical_batch",
    "delay_limit",
    "delayed_gradient_descent",
    "gustafson",
    "local_gradient_descent",
    "message_time",
    "noisy_quadratic",
    "parallel_time",
    "pipeline_schedule",
    "ring_all_reduce",
    "server_all_reduce",
    "shards",
    "tree_all_reduce",
]
