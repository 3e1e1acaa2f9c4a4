"""The models under test: requests, answers, recordings, the client, prices.

Separate from what is sent (prompts, suites) and from what is thought of the
answers (scorers, gate). Import from the modules; nothing costly is imported
before it is used.
"""
