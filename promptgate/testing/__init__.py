"""Suites and prompts under pytest: what the plug-in does once there is something to do.

Kept apart from promptgate.pytest_plugin, which every pytest loads, so that it
costs nothing where it is only installed.

    items.py     a suite's file, its answers and its gate as pytest's items
    benches.py   what the items of one run share: the plan, the answers, the gate
    once.py      one worker of pytest-xdist computes, the others read
    outcomes.py  what the items show: an answer, a gate
    showing.py   what a failing item says
    asking.py    the fixtures for suites written in Python
"""
