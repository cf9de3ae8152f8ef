#!/usr/bin/env python3
"""One analysis on a Spark cluster: Spark deals out the lines, each partition goes through a crm-rfm of its own (--partial),
which sums it up, and one more adds the sums up (--merge). What comes out is, byte for byte, what one crm-rfm over the whole
file writes. Every program with --partial works like this; only the name and the options change.

    python3 parts-spark.py orders.csv                             here, on all processors
    spark-submit parts-spark.py hdfs:///sales/orders-*.csv --as-of 2026-03-31 --summary
                                                                  what follows the input are options of crm-rfm

Workers need crm-rfm on their PATH. Lines are read as UTF-8, and a record has to stand on one line: a file that has line ends
inside of quotes goes through `crm-import --to jsonl` first. PARTITIONS sets the least number of partitions."""
import os
import shlex
import subprocess
import sys
import tempfile

from pyspark import StorageLevel
from pyspark.sql import SparkSession

orders, options = sys.argv[1], sys.argv[2:]
command = ["crm-rfm", *options]

spark = SparkSession.builder.appName("crm-rfm").config("spark.ui.showConsoleProgress", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
lines = spark.sparkContext.textFile(orders, int(os.environ.get("PARTITIONS", 0)) or None)
header = lines.first()


def with_header(rows):
    """The lines of a partition as a file of its own, the header on top; files that follow have theirs, too."""
    yield header
    yield from (row for row in rows if row != header)


# JSON Lines, since parts can then stand one behind the other. pipe() hands over no environment of its own, and takes a
# crm-rfm that fails for one that is done, unless it is told to.
partial = shlex.join([*command, "--quiet", "--partial", "--to", "jsonl"])
parts = lines.mapPartitions(with_header).pipe(partial, env=dict(os.environ), checkCode=True)

# All partitions are worked on at once, and kept on the disks of the workers; then they come here one by one, in the order in
# which they are merged. They go to a file first: a merge must not begin before it is known that all are there.
parts.persist(StorageLevel.DISK_ONLY).count()
with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
    file.writelines(line + "\n" for line in parts.toLocalIterator())
    file.flush()
    spark.stop()
    sys.exit(subprocess.run([*command, "--merge", file.name]).returncode)
