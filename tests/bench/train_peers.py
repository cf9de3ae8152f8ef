"""scikit-learn and XGBoost on the folds in logistic.folds, bayes.folds and trees.folds, which tests/tools/train_folds has
written, and a table of all: see tests/bench/train. Status 1: crm-train is worse than it may be."""
import argparse
import json
import sys
import time

import numpy as np
import pandas as pd
import xgboost
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ALLOWED = 0.003
MISSING = ["", "Select", "unknown"]


def calibration_error(outcome, p):
    """Ten bins of equal width, as lib/analysis/train_measure.h."""
    cell = np.minimum((p * 10).astype(int), 9)
    return sum(abs(p[cell == i].sum() - outcome[cell == i].sum()) for i in range(10)) / len(p)


def measure(folds, p):
    outcome = folds.outcome.to_numpy()
    areas = [roc_auc_score(outcome[folds.part == k], p[folds.part == k]) for k in sorted(folds.part.unique())]
    return np.mean(areas), roc_auc_score(outcome, p), log_loss(outcome, p), calibration_error(outcome, p)


def show(data, name, measures, seconds):
    """A line of the table, and the same as JSON for the benchmark's results."""
    names = ("fold_auc", "auc", "log_loss", "calibration_error")
    with open("quality.jsonl", "a") as told:
        told.write(json.dumps({"data": data, "program": name, **dict(zip(names, map(float, measures))), "seconds": seconds}) + "\n")
    print(f"{name:34} {measures[0]:9.4f} {measures[1]:9.4f} {measures[2]:9.4f} {measures[3]:9.4f} {seconds:9.1f}", flush=True)
    return measures


def held_out(method, table, folds):
    p = np.zeros(len(folds))
    for k in sorted(folds.part.unique()):
        held = (folds.part == k).to_numpy()
        p[held] = method.fit(table[~held], folds.outcome[~held]).predict_proba(table[held])[:, 1]
    return p


def read(args, folds):
    table = pd.read_csv(args.file, sep=args.delimiter, keep_default_na=False, na_values=MISSING)
    table = table.iloc[folds.record].reset_index(drop=True).drop(columns=[args.target] + args.drop)
    return table.loc[:, (table.nunique() > 1) & (table.nunique() < 0.9 * len(table))]


def peers(table):
    """For each its kind, what learns, and the table as it wants it."""
    words = [column for column in table if not pd.api.types.is_numeric_dtype(table[column])]
    numbers = [column for column in table if column not in words]
    text, kinds = table.copy(), table.copy()
    text[words] = text[words].fillna("?").astype(str)
    kinds[words] = kinds[words].astype("category")
    one_hot = make_column_transformer((make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numbers),
                                      (OneHotEncoder(handle_unknown="ignore"), words))
    boosting = HistGradientBoostingClassifier(random_state=0, early_stopping=False, categorical_features="from_dtype")
    return [("logistic", "LogisticRegression", make_pipeline(one_hot, LogisticRegression(max_iter=2000)), text),
            ("trees", "HistGradientBoostingClassifier", boosting, kinds),
            ("", "XGBClassifier", xgboost.XGBClassifier(enable_categorical=True, n_jobs=2), kinds)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-d", "--drop", action="append", default=[])
    for name in ("name", "file", "delimiter", "target"):
        parser.add_argument(name)
    args = parser.parse_args()
    folds = pd.read_csv("logistic.folds")
    print(f"\n{args.name}: {len(folds)} leads, {folds.outcome.sum()} of them with the outcome\n")
    print(f"{'':34} {'fold AUC':>9} {'AUC':>9} {'log-loss':>9} {'ECE':>9} {'seconds':>9}")
    ours = {}
    for method in ("logistic", "bayes", "trees"):
        own = pd.read_csv(f"{method}.folds")
        if not own.part.equals(folds.part):
            sys.exit(f"{method}: other folds")
        with open(f"{method}.times") as times:
            ours[method] = show(args.name, "crm-train, " + method, measure(own, own.p.to_numpy()), float(times.read().split()[0]))
    worse = False
    table = read(args, folds)
    for kind, name, method, data in peers(table):
        began = time.monotonic()
        p = held_out(method, data, folds)
        theirs = show(args.name, name, measure(folds, p), time.monotonic() - began)
        if kind and ours[kind][0] < theirs[0] - ALLOWED:
            print(f"crm-train, {kind}: the area is lower by {theirs[0] - ours[kind][0]:.4f}")
            worse = True
    sys.exit(worse)


if __name__ == "__main__":
    main()
