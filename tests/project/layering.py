# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the layers are real: asks the compiler, with the flags of each layer, whether it finds any header that lies
above or beside it, and compiles such includes, which has to fail for just that reason.

usage: layering.py SOURCE_ROOT BUILD_ROOT
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

from tap import check, finish, read, source_files

ROOT, BUILD = map(os.path.abspath, sys.argv[1:3])

# What each layer may not see: other layers (every header of theirs is tried) and libraries.
FORBIDDEN_LAYERS = {
    "nuki": ["account", "ui", "simulator"],
    "account": ["ui", "simulator"],
    "ui": ["simulator"],
    "simulator": ["nuki", "account", "ui"],
}
FORBIDDEN_HEADERS = {
    "nuki": ["gtk/gtk.h", "adwaita.h", "libsecret/secret.h"],
    "account": ["gtk/gtk.h", "adwaita.h", "json-glib/json-glib.h"],
    # The client is nobody's business but the account's; its header needs libsoup, which ui/ has not.
    "ui": ["nuki-client.h", "libsoup/soup.h", "json-glib/json-glib.h", "libsecret/secret.h"],
    "simulator": ["gtk/gtk.h", "adwaita.h", "libsecret/secret.h"],
}
# What it must see, or the refusals above would prove nothing.
ALLOWED_HEADERS = {
    "nuki": ["nuki-client.h", "libsoup/soup.h", "json-glib/json-glib.h"],
    "account": ["hk-account.h", "nuki-client.h", "libsecret/secret.h"],
    "ui": ["hk-account.h", "nuki-lock.h", "gtk/gtk.h", "adwaita.h"],
    "simulator": ["nuki-simulator.h", "libsoup/soup.h", "json-glib/json-glib.h"],
}
# Headers that lie in the compiler's own search path, where only reading the sources helps.
UNSEEN_IN_SOURCES = {
    "nuki": r"sqlite3\.h",
    "ui": r"sqlite3\.h",
    "simulator": r"sqlite3\.h",
}


def layer_flags(layer):
    """The compiler and the flags of any one file of the layer, and where they apply."""
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    for entry in commands:
        source = os.path.join(entry["directory"], entry["file"])
        path = os.path.relpath(os.path.abspath(source), os.path.join(ROOT, "src"))
        # Generated files (resources) lie in the build folder and may have flags of their own.
        if not path.startswith(layer + os.sep):
            continue
        words = shlex.split(entry["command"])
        flags = []
        skip = False
        for word in words:
            if skip:
                skip = False
            elif word in ("-o", "-MF", "-MQ", "-MT"):
                skip = True
            elif word not in ("-c", "-MD", "-MMD", "--coverage", entry["file"]):
                flags.append(word)
        return flags, entry["directory"]
    raise SystemExit(f"no file of {layer}/ is compiled")


def run_compiler(layer, options, text, folder):
    flags, directory = FLAGS[layer]
    with tempfile.NamedTemporaryFile("w", suffix=".c", dir=folder, delete=False) as file:
        file.write(text)
    return subprocess.run(
        [*flags, "-w", *options, file.name],
        cwd=directory, capture_output=True, text=True, timeout=60, env={**os.environ, "LC_ALL": "C"},
    )


def compile_include(layer, header, folder):
    done = run_compiler(layer, ["-fsyntax-only"], f"#include <glib.h>\n#include {header}\n", folder)
    return done.returncode, done.stderr


def seen(layer, headers, folder):
    """Those of the headers that the compiler finds; one run for all, as each takes a while."""
    text = "".join(f"#if __has_include ({header})\nseen {header}\n#endif\n" for header in headers)
    done = run_compiler(layer, ["-E", "-P"], text + "end\n", folder)
    lines = done.stdout.split("\n")
    if done.returncode != 0 or "end" not in lines:
        raise SystemExit(f"the compiler did not look for headers: {done.stderr.strip()[:300]}")
    return [line.removeprefix("seen ") for line in lines if line.startswith("seen ")]


def quoted(header):
    return f"<{header}>" if "/" in header and not header.startswith("compat") else f'"{header}"'


def refused(layer, header, folder):
    status, output = compile_include(layer, header, folder)
    if status == 0:
        return [f"{layer}/ can include {header}"]
    if not re.search(r"No such file or directory|file not found", output):
        return [f"{layer}/ including {header} fails for another reason: {output.strip()[:300]}"]
    return []


def found(layer, header, folder):
    status, output = compile_include(layer, header, folder)
    return [] if status == 0 else [f"{layer}/ cannot include {header}: {output.strip()[:300]}"]


def headers_of(layer):
    """Every header of a layer in the spellings in which somebody might try it."""
    for path in source_files(ROOT, os.path.join("src", layer), endings=".h"):
        inside = os.path.relpath(path, os.path.join("src", layer))
        for spelling in {inside, f"{layer}/{inside}", os.path.basename(path)}:
            yield f'"{spelling}"'


def includes(layer):
    for path in source_files(ROOT, os.path.join("src", layer), endings=(".c", ".h")):
        for number, line in enumerate(read(ROOT, path).splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)', line)
            if match:
                yield f"{path}:{number}", match.group(1)


def check_layers(folder):
    for layer, others in FORBIDDEN_LAYERS.items():
        for other in others:
            headers = list(headers_of(other))
            problems = [f"{layer}/ can include {header}" for header in seen(layer, headers, folder)]
            if not seen(other, headers, folder):
                problems.append(f"{other}/ does not find its own headers: that nobody else does proves nothing")
            check(f"{layer}/ cannot include {other}/", problems + refused(layer, headers[0], folder))
    for layer, headers in FORBIDDEN_HEADERS.items():
        for header in headers:
            check(f"{layer}/ cannot include {header}", refused(layer, quoted(header), folder))
    for layer, headers in ALLOWED_HEADERS.items():
        for header in headers:
            check(f"{layer}/ can include {header}", found(layer, quoted(header), folder))


def check_sources():
    for layer, pattern in UNSEEN_IN_SOURCES.items():
        check(f"{layer}/ does not use SQLite",
              [where for where, header in includes(layer) if re.fullmatch(pattern, header)])
    check("no include climbs out of its folder",
          [f"{where}: {header}" for layer in (*FORBIDDEN_LAYERS, "") for where, header in includes(layer)
           if ".." in header.split("/")])
    version = re.compile(r"\b(ADW|GTK|GDK|GLIB|SOUP|JSON|SECRET)_(CHECK_VERSION|(MAJOR|MINOR|MICRO)_VERSION)\b")
    check("only ui/compat/ asks for a version",
          [path for path in source_files(ROOT, "src", "tests", endings=(".c", ".h"))
           if not path.startswith("src/ui/compat/") and version.search(read(ROOT, path))])


FLAGS = {layer: layer_flags(layer) for layer in FORBIDDEN_LAYERS}
with tempfile.TemporaryDirectory() as scratch:
    check_layers(scratch)
check_sources()
finish()
