"""Ways to change what a freeze covers."""

from __future__ import annotations

import shutil

from tests.release.conftest import PROMPT


def paths(shared, head="HEAD"):
    checked = shared.check(head)
    assert checked is not None
    return set(checked.change.paths)


def link(shared, path, target):
    place = shared.root / path
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


def submodule(shared, path):
    commit = shared.git("rev-parse", "HEAD")
    shared.git("rm", "-rq", "--cached", "--ignore-unmatch", path)
    shutil.rmtree(shared.root / path, ignore_errors=True)
    shared.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{path}")
    shared.git("commit", "-q", "-m", "submodule")
    (shared.root / path).mkdir(parents=True)


def renamed(shared, old, new):
    (shared.root / new).parent.mkdir(parents=True, exist_ok=True)
    shared.git("mv", old, new)


EVASIONS = {
    "prompt edited": lambda s: s.replace("prompts/support.md", "the shop", "the bank"),
    "prompt deleted": lambda s: s.git("rm", "-q", "prompts/support.md"),
    "prompt added": lambda s: s.write("prompts/new.md", PROMPT),
    "prompt renamed": lambda s: renamed(s, "prompts/support.md", "prompts/help.md"),
    "prompt moved away": lambda s: renamed(s, "prompts/support.md", "app/support.md"),
    "parameters changed": lambda s: s.replace(
        "prompts/support.md", "model: test-model", "model: test-model\nmax_tokens: 9"
    ),
    "partial edited": lambda s: s.write("prompts/shared/safety.md", "Be bold."),
    "partial outside prompts/": lambda s: s.write("common/tone.md", "Be rude."),
    "link pointed elsewhere": lambda s: link(s, "prompts/linked", "../app"),
    "prompt made a link": lambda s: (
        s.write("app/other.md", "Be rude."),
        link(s, "prompts/support.md", "../app/other.md"),
    ),
    "folder made a link": lambda s: (
        shutil.copytree(s.root / "prompts", s.root / "texts", symlinks=True),
        link(s, "prompts", "texts"),
    ),
    "mode changed": lambda s: (s.root / "prompts/support.md").chmod(0o755),
    "submodule in prompts/": lambda s: submodule(s, "prompts/vendor"),
    "prompts/ made a submodule": lambda s: submodule(s, "prompts"),
    "folder in another case": lambda s: s.write("Prompts/support.md", "Be rude."),
    "name in another case": lambda s: s.write("prompts/SUPPORT.md", "Be rude."),
    "full-width name": lambda s: s.write("ｐrompts/support.md", "Be rude."),
    "name with an invisible character": lambda s: s.write("prom\u200bpts/support.md", "Be rude."),
    "folder with a trailing dot": lambda s: s.write("prompts./support.md", "Be rude."),
    "model in promptgate.toml": lambda s: s.write(
        "promptgate.toml", '[project]\nmodel = "cheap-model"\n' + s.read("promptgate.toml")
    ),
    "candidate model in promptgate.toml": lambda s: s.write(
        "promptgate.toml", '[project]\ncandidate_model = "x"\n' + s.read("promptgate.toml")
    ),
    "another endpoint": lambda s: s.write(
        "promptgate.toml", s.read("promptgate.toml") + '[models]\nbase_url = "http://x"\n'
    ),
    "another folder of prompts": lambda s: (
        shutil.copytree(s.root / "prompts", s.root / "texts", symlinks=True),
        s.write("promptgate.toml", '[project]\nprompts = "texts"\n' + s.read("promptgate.toml")),
    ),
    "promptgate.toml broken": lambda s: s.write("promptgate.toml", "= ="),
    "promptgate.toml deleted": lambda s: s.git("rm", "-q", "promptgate.toml"),
    "promptgate.toml made a link": lambda s: (
        s.write("app/other.toml", s.read("promptgate.toml")),
        link(s, "promptgate.toml", "app/other.toml"),
    ),
    "a project in the product's folder": lambda s: (
        s.write("app/promptgate.toml", ""),
        s.write("app/prompts/support.md", "Be rude."),
    ),
    "model in the environment": lambda s: s.replace(".env", "sonnet", "haiku"),
    "model in a workflow": lambda s: s.write(
        ".github/workflows/deploy.yml", "env:\n  ANTHROPIC_MODEL: haiku\n"
    ),
    "model in the product's code": lambda s: s.replace("app/main.py", "'test-model'", "'other'"),
    "model id in a new file": lambda s: s.write("deploy.json", '{"m": "claude-haiku-4-5"}'),
    "file named in [freeze]": lambda s: s.write("deploy/app.yaml", "replicas: 0\n"),
    "file named in [freeze], with the name taken out": lambda s: (
        s.replace("promptgate.toml", "deploy/*.yaml", "none"),
        s.write("deploy/app.yaml", "replicas: 0\n"),
    ),
    "lock edited by hand": lambda s: s.replace("promptgate.lock", "c0ffee", "abcdef"),
    "lock deleted": lambda s: s.git("rm", "-q", "promptgate.lock"),
    "lock in another case": lambda s: s.write("PromptGate.lock", "version: 1\n"),
    "how git checks out": lambda s: s.write(".gitattributes", "prompts/* eol=crlf"),
}
