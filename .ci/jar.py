"""Checks that the jar is as small and as quick to look into as it should be.

Usage: jar.py target/canyon-*.jar

It must be under 90 MB, and its libraries in the order of the POM's order-libraries, by which a start looks into fewer of them. Ends
with 1 and says what is wrong.
"""

import os
import sys
import zipfile

LARGEST_BYTES = 90_000_000
# Boot itself would sort them by name.
FIRST, BEFORE = "picocli-", ("spring-boot-4", "HdrHistogram-")


def main(path):
    size = os.path.getsize(path)
    if size >= LARGEST_BYTES:
        sys.exit(f"{path} has {size} bytes, which must be less than {LARGEST_BYTES}")
    with zipfile.ZipFile(path) as jar:
        libraries = [name.split("/")[-1] for name in jar.namelist() if name.startswith("BOOT-INF/lib/") and name.endswith(".jar")]
    early, late = (next(place for place, name in enumerate(libraries) if name.startswith(start)) for start in BEFORE)
    if not libraries[0].startswith(FIRST) or early > late:
        sys.exit(f"{path}: the libraries are not in the order of use: {libraries}")
    print(f"ok  {size / 1e6:.1f} MB, {len(libraries)} libraries in the order of use")


main(sys.argv[1])
