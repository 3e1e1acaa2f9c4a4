import ast
import importlib.util
from pathlib import Path

from promptgate.prompts.frontmatter import _ELSEWHERE, FrontMatter, split

OWN = {"model", "max_tokens", "owner", "description", "variables", "examples"}


def parameters_of_create():
    """Read the signature of `messages.create` from the installed SDK's source."""
    package = importlib.util.find_spec("anthropic")
    source = Path(package.origin).parent / "resources" / "messages" / "messages.py"
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.ClassDef) and node.name == "Messages":
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name == "create":
                    return {a.arg for a in method.args.kwonlyargs}
    raise AssertionError("the SDK has no Messages.create")


def test_front_matter_has_every_parameter_of_the_sdk():
    """A parameter that the SDK gains or drops must be decided on here."""
    known = set(FrontMatter.model_fields) - OWN | {"model", "max_tokens"}
    assert parameters_of_create() == known | {
        "system",
        "messages",
        "stream",
        "timeout",
        "workspace_id",
    }
    assert not known & set(_ELSEWHERE)


def test_split_counts_lines_so_that_errors_have_the_right_ones():
    parted = split("---\na: 1\n---  \nbody\n", "f")
    assert (parted.header, parted.body, parted.body_line) == ("a: 1", "body\n", 4)
    assert parted.padded == "{#\n\n\n#}body\n"
    assert split("--- \n---\n", "f").header == ""
    assert split("body", "f").padded == "body"
