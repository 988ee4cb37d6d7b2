"""Checks the size of the jar and the order of its libraries.

Usage: jar.py target/canyon-*.jar

The jar must be smaller than 90 MB. Its libraries must be in the order of "order-libraries" in the POM, which reduces the number of
libraries that are searched during startup. Exits with 1 and a message on failure.
"""

import os
import sys
import zipfile

LARGEST_BYTES = 90_000_000
# Spring Boot would sort the libraries by name.
FIRST, BEFORE = "picocli-", ("spring-boot-4", "HdrHistogram-")


def main(path):
    size = os.path.getsize(path)
    if size >= LARGEST_BYTES:
        sys.exit(f"{path} has {size} bytes (expected: less than {LARGEST_BYTES})")
    with zipfile.ZipFile(path) as jar:
        libraries = [name.split("/")[-1] for name in jar.namelist() if name.startswith("BOOT-INF/lib/") and name.endswith(".jar")]
    early, late = (next(place for place, name in enumerate(libraries) if name.startswith(start)) for start in BEFORE)
    if not libraries[0].startswith(FIRST) or early > late:
        sys.exit(f"{path}: the libraries are not in order of use: {libraries}")
    print(f"ok  {size / 1e6:.1f} MB, {len(libraries)} libraries in order of use")


main(sys.argv[1])
