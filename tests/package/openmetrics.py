"""Reads OpenMetrics text with the parser of the reference implementation (prometheus_client), which is strict, and prints how many
samples there are. Arguments: files; - is standard input."""

import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

for name in sys.argv[1:]:
    with sys.stdin if name == "-" else open(name, encoding="utf-8") as file:
        families = list(text_string_to_metric_families(file.read()))
    samples = sum(len(family.samples) for family in families)
    if samples == 0:
        sys.exit(f"{name} has no samples")
    print(f"package: {name} is OpenMetrics with {samples} samples in {len(families)} families")
