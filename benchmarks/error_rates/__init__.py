"""What operating_characteristics.py is made of: simulated suites, rival rules, tables, promises.

simulation.py   cases whose answers are drawn; what the gate says of them
rivals.py       rules that others use, for the same draws
one_gate.py     tables of one gate: false FAIL, false PASS, power
many_gates.py   tables of looks, suites, gates and attempts in a row; critical cases; rivals
report.py       tables in Markdown, and the promises that did not hold
"""
