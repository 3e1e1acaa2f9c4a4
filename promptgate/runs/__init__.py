"""Where prompts, suites, models, scorers and the gate meet: plan, execute, score, compare.

Start at gating.run_gate() for a comparison of two arms, single.run_target() for one target.
"""
