"""Judges where runs meet them: declared, asked, calibrated.

declared.py   [judges] of promptgate.toml, and the rubrics
calls.py      which judgements trials need, and what is recorded of them
"""
