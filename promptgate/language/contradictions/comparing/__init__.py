"""From claims to collisions: can both be met, and does the prompt itself resolve it?"""
