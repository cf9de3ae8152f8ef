#!/usr/bin/env python3
"""Splink on DuckDB at the work of crm-dedupe, set up as its guides advise for people: names, mailboxes and numbers brought
into one form first; candidate pairs from ten rules that together miss few; u from a million random pairs (from ten million
it takes ten times as long and finds the same); m by expectation maximisation from two rules, so that every column is free
in one; clusters of all pairs at the threshold.

    dedupe_splink.py CONTACTS.csv CLUSTERS.csv THREADS [PROBABILITY ...]

Writes contact_id,cluster_id to CLUSTERS.csv; for a second probability and further ones to CLUSTERS.csv with the probability
behind the name. `truth` is never read."""
import logging
import sys

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

CLEANED = """
CREATE TABLE contact AS
WITH text AS (
  SELECT contact_id,
         nullif(trim(regexp_replace(lower(strip_accents(first_name)), ' [a-z][.]$| ?[.]$', '')), '') AS first_name,
         nullif(trim(lower(strip_accents(last_name))), '') AS last_name,
         nullif(lower(trim(email)), '') AS email,
         nullif(right(regexp_replace(phone, '[^0-9]', '', 'g'), 9), '') AS phone,
         nullif(trim(regexp_replace(lower(company), ' (ltd|limited|inc[.]?|incorporated|gmbh|g[.]m[.]b[.]h[.]|llc|l[.]l[.]c[.]'
                                    || '|corp[.]?|corporation|s[.]a[.]|sa|b[.]v[.]|bv)$', '')), '') AS company,
         nullif(regexp_replace(lower(strip_accents(street)), '[^a-z0-9]', '', 'g'), '') AS street,
         nullif(lower(strip_accents(city)), '') AS city,
         nullif(upper(postal_code), '') AS postal_code
  FROM read_csv($contacts, header = true, all_varchar = true, delim = ',', quote = '"'))
SELECT * FROM text
"""


def equal(column):
    """Equal values weigh by how frequent they are."""
    return cll.ExactMatchLevel(column, term_frequency_adjustments=True)


def levels(name, *of):
    return cl.CustomComparison(output_column_name=name, comparison_levels=[*of, cll.ElseLevel()])


def comparisons():
    """Street, postal code and city depend on each other and so are one comparison; a domain is the company's, so that of
    mailboxes only what stands before it is compared."""
    user = cll.CustomLevel("split_part(email_l, '@', 1) = split_part(email_r, '@', 1)", "same user name")
    near = cll.CustomLevel(
        "jaro_winkler_similarity(split_part(email_l, '@', 1), split_part(email_r, '@', 1)) >= 0.92", "similar user name"
    )
    street = cll.ExactMatchLevel("street")
    code = cll.ExactMatchLevel("postal_code")
    return [
        levels(
            "first_name",
            cll.NullLevel("first_name"),
            equal("first_name"),
            cll.JaroWinklerLevel("first_name", 0.9),
            cll.CustomLevel("first_name_l[1] = first_name_r[1]", "same initial"),
        ),
        levels(
            "last_name",
            cll.NullLevel("last_name"),
            equal("last_name"),
            cll.JaroWinklerLevel("last_name", 0.9),
            cll.CustomLevel("last_name_l = first_name_r AND first_name_l = last_name_r", "swapped"),
        ),
        levels("email", cll.NullLevel("email"), equal("email"), user, near),
        levels("phone", cll.NullLevel("phone"), equal("phone"), cll.DamerauLevenshteinLevel("phone", 1)),
        levels("company", cll.NullLevel("company"), equal("company"), cll.JaroWinklerLevel("company", 0.92)),
        levels(
            "address",
            cll.And(cll.NullLevel("street"), cll.NullLevel("postal_code"), cll.NullLevel("city")),
            cll.And(street, code),
            street,
            cll.JaroWinklerLevel("street", 0.92),
            code,
            cll.ExactMatchLevel("city"),
        ),
    ]


def settings():
    rules = [
        block_on("email"),
        block_on("phone", "last_name"),
        block_on("phone", "first_name"),
        block_on("first_name", "last_name", "company"),
        block_on("first_name", "last_name", "city"),
        block_on("first_name", "last_name", "postal_code"),
        block_on("last_name", "street"),
        block_on("first_name", "street", "postal_code"),
        block_on("company", "last_name", "substr(first_name, 1, 1)"),
        block_on("substr(last_name, 1, 4)", "substr(first_name, 1, 2)", "postal_code"),
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="contact_id",
        blocking_rules_to_generate_predictions=rules,
        comparisons=comparisons(),
    )


def main(contacts, clusters, threads, probabilities):
    logging.disable(logging.WARNING)
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(threads)}; SET enable_progress_bar = false")
    connection.execute(CLEANED, {"contacts": contacts})
    linker = Linker(DuckDBAPI(connection=connection).register("contact"), settings())
    linker.training.estimate_probability_two_random_records_match(
        [
            block_on("email", "last_name"),
            block_on("first_name", "last_name", "phone"),
            block_on("first_name", "last_name", "street", "city"),
        ],
        recall=0.8,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("first_name", "last_name"), block_on("email")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    for nth, probability in enumerate(probabilities):
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, float(probability))
        file = clusters.replace(".result", f".{probability}.result") if nth else clusters
        connection.execute(f"COPY (SELECT contact_id, cluster_id FROM {found.physical_name}) TO '{file}' (HEADER)")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:] or ["0.95"])
