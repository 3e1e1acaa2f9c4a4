"""Application targets: functions of the project, from a case's variables to an answer.

What decides an application's behaviour is files, which it declares or which are its
package, and prompts, which it declares.

    code.py        its files at a revision, and their fingerprint
    call.py        what a case asks of it
    performing.py  run it, its calls to the API from recordings
    process.py     run that of another revision, in a process of its own
    trials.py      all its trials of a plan
"""
