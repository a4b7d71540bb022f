"""Public gold sets turned into numbers: `python -m evals TASK FILE…` prints one JSON object."""
