"""Calls of the chapter on many machines."""

from derivable.learning import Message

RESULTS = {"AllReduce"}
FREE = {
    "Message.round",  # checked where they are used
    "Message.source",
    "Message.target",
    "Message.size",
}


def calls():
    V = [[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]]
    return {
        "Message": {"round": 0, "source": 0, "target": 1, "size": 3},
        "all_reduce_time": {
            "p": 5,
            "num_workers": 3,
            "algorithm": "tree",
            "latency": 1.0,
            "per_number": 0.1,
        },
        "amdahl": {"serial": [0.1, 0.2], "num_workers": [2.0, 4.0]},
        "average_gradient": {"gradients": V, "counts": [3, 4]},
        "critical_batch": {
            "gradients": [[1.0, 2.0], [2.0, 2.5], [0.5, 1.0]],
            "hessian": [[2.0, 0.5], [0.5, 1.0]],
        },
        "delay_limit": {"delay": 3, "curvature": 2.0},
        "delayed_gradient_descent": {
            "gradient": lambda x: x,
            "x0": [1.0, -2.0],
            "learning_rate": 0.1,
            "delay": 2,
            "num_steps": 3,
        },
        "gustafson": {"serial": [0.1, 0.2], "num_workers": [2.0, 4.0]},
        "local_gradient_descent": {
            "gradients": [lambda x: x, lambda x: 2 * x],
            "x0": [1.0, -2.0],
            "learning_rate": 0.1,
            "local_steps": 2,
            "num_rounds": 3,
        },
        "message_time": {
            "messages": [Message(0, 0, 1, 3), Message(1, 1, 0, 3)],
            "latency": 1.0,
            "per_number": 0.1,
        },
        "noisy_quadratic": {
            "curvatures": [1.0, 2.0],
            "variances": [1.0, 0.5],
            "e0": [3.0, -1.0],
            "learning_rate": 0.1,
            "batch_size": 2,
            "num_steps": 3,
        },
        "parallel_time": {
            "num_workers": [2.0, 4.0],
            "serial": 0.1,
            "latency": 0.01,
            "transfer": 0.1,
        },
        "pipeline_schedule": {
            "num_stages": 2,
            "num_micro_batches": 3,
            "backward_ticks": 2,
        },
        "ring_all_reduce": {"vectors": V},
        "server_all_reduce": {"vectors": V},
        "shards": {"n": 5, "num_workers": 2},
        "tree_all_reduce": {"vectors": V},
    }
