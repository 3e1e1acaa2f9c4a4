"""The phrases by which answers decline, reproach and deliver: data, in verbose patterns.

Kinds of language, not strings, and no word that names the content of a request. All is
matched against folded text (lower case, straight apostrophes); '_' stands for a space and
white space for nothing (see matching.compiled).
"""
