"""The searches of an investigation, as functions of a state and an oracle.

An oracle is asked for one more answer of one cell and says whether it failed the
check: True, False, or None where no answer can be had (no recording, a form that
does not render, a cap). Nothing in here reads a file, a clock, a model or a random
source, so every search is tested in one line against a scripted oracle, and
measured against a simulated one in `benchmarks/attribution.py`.
"""
