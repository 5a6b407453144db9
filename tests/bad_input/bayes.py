"""Calls of the chapter on Bayes' theorem."""

from derivable.probability import gaussian_nb, multinomial_nb

RESULTS = {"Calibration", "GaussianNB", "MultinomialNB"}


def calls():
    X = [[1.0, 2.0], [2.0, 1.0], [5.0, 3.0], [4.0, 6.0]]
    y = [0, 0, 1, 1]
    return {
        "gaussian_nb": {
            "X": X,
            "y": y,
            "prior": [0.25, 0.75],
            "var_smoothing": 1e-9,
            "per_feature": True,
        },
        "GaussianNB.joint_log_likelihood": {
            "self": gaussian_nb(X, y),
            "X": X,
        },
        "multinomial_nb": {
            "X": X,
            "y": y,
            "alpha": 0.5,
            "prior": [0.25, 0.75],
        },
        "MultinomialNB.joint_log_likelihood": {
            "self": multinomial_nb(X, y),
            "X": X,
        },
        "calibration_curve": {
            "y": [0.0, 1.0, 1.0],
            "p": [0.2, 0.4, 0.9],
            "num_bins": 5,
        },
        "conditional": {"joint": [[0.1, 0.2], [0.3, 0.4]], "axis": 1},
        "expected_calibration_error": {
            "y": [0.0, 1.0, 1.0],
            "p": [0.2, 0.4, 0.9],
            "num_bins": 5,
        },
        "odds": {"p": [0.2, 0.5]},
        "posterior": {"prior": [0.3, 0.7], "likelihood": [0.8, 0.1]},
        "predictive_values": {
            "prevalence": 0.01,
            "sensitivity": 0.99,
            "specificity": 0.95,
        },
        "probability": {"odds": [0.25, 1.0]},
        "sequential_posterior": {
            "prior": [0.3, 0.7],
            "likelihoods": [[0.8, 0.1], [0.2, 0.9]],
        },
    }
