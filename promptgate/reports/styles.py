"""What each colour of the terminal means; every command takes its styles from here.

Green is good, yellow is for a person to look at, red is bad; bold leads the eye to
what matters, dim leaves it out. In the text of an edit red went and green came.
"""

GOOD = "green"
DOUBT = "yellow"
BAD = "bold red"
STRONG = "bold"
QUIET = "dim"
REMOVED = "red"
ADDED = "green"

# The one word that a screen begins with, on its colour.
BADGE_GOOD = "bold white on green"
BADGE_DOUBT = "bold black on yellow"
BADGE_BAD = "bold white on red"
BADGE_OVER = "bold white on blue"
