"""Checks that the bill of materials in the jar is that of the jar.

Usage: sbom.py target/canyon-*.jar

Every library in the jar must be a component with the same SHA-256, else a scanner would look at something else than what
runs. Ends with 1 and names those that are not.
"""

import hashlib
import json
import sys
import zipfile

BILL = "META-INF/sbom/application.cdx.json"
# Boot's own packaging puts it in, after the bill is written.
NOT_A_DEPENDENCY = "spring-boot-jarmode-tools-"


def main(path):
    with zipfile.ZipFile(path) as jar:
        if BILL not in jar.namelist():
            sys.exit(f"{path} has no {BILL}")
        components = json.loads(jar.read(BILL))["components"]
        known = {entry["content"] for component in components for entry in component["hashes"] if entry["alg"] == "SHA-256"}
        libraries = [name for name in jar.namelist() if name.startswith("BOOT-INF/lib/") and name.endswith(".jar")]
        strangers = [
            name
            for name in libraries
            if hashlib.sha256(jar.read(name)).hexdigest() not in known and NOT_A_DEPENDENCY not in name
        ]
    if strangers or not libraries:
        sys.exit(f"not in {BILL}: {strangers or 'there are no libraries'}")
    print(f"ok  {len(libraries)} libraries in the jar, each in the bill of {len(components)} components")


main(sys.argv[1])
