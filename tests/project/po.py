# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of the project read of the texts for users and of their translations."""

import ast
import os
import re
import subprocess

# As the `glib` preset of meson's i18n module has them.
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]


def run(root, *command):
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"})


def gather(root, template):
    """Writes all texts of the sources to a file."""
    return run(root, "xgettext", "--files-from=po/POTFILES.in", "--from-code=UTF-8", "--add-comments",
               f"--output={template}",
               *(f"--keyword={keyword}" for keyword in KEYWORDS))


def messages(root, po, *which):
    """The texts of a file: of each, its flags, and its fields by their names, such as msgid and msgstr[0]."""
    for block in run(root, "msgattrib", *which, "--no-wrap", po).stdout.split("\n\n"):
        fields, name = {}, None
        for line in block.splitlines():
            match = re.match(r'(msg[a-z_]+(?:\[\d\])?) (".*")$', line)
            if match:
                name = match.group(1)
                fields[name] = ast.literal_eval(match.group(2))
            elif line.startswith('"'):
                fields[name] += ast.literal_eval(line)
        if fields.get("msgid"):
            yield re.findall(r"[a-z-]+", " ".join(re.findall(r"^#,(.*)$", block, re.MULTILINE))), fields
