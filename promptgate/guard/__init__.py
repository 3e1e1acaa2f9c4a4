"""For the product's own process: is this feature switched on, right now?

    import promptgate.guard

    if promptgate.guard.enabled("support_bot"):
        answer = ask_claude(question)
    else:
        answer = "Our assistant is resting; here is how to reach us."

Reads a file of flags in flagd's format through the OpenFeature SDK. Imports
nothing of the rest of promptgate, so that a product carries no more than this.
"""

from promptgate.guard.switch import FLAGS_VARIABLE, SWITCH_VARIABLE, enabled

__all__ = ["FLAGS_VARIABLE", "SWITCH_VARIABLE", "enabled"]
