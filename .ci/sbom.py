"""Checks that the bill of materials in the jar matches the jar.

Usage: sbom.py target/canyon-*.jar

Every library in the jar must be a component with the same SHA-256; otherwise a scanner would examine other libraries than those that
run. Exits with 1 and lists the libraries that do not match.
"""

import hashlib
import json
import sys
import zipfile

BILL = "META-INF/sbom/application.cdx.json"
# Added by Spring Boot during packaging, after the bill of materials is generated.
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
        sys.exit(f"not in {BILL}: {strangers or 'the jar contains no libraries'}")
    print(f"ok  {len(libraries)} libraries in the jar, all among the {len(components)} components of the bill of materials")


main(sys.argv[1])
