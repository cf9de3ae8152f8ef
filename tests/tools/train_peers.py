#!/usr/bin/env python3
"""scikit-learn and XGBoost on the folds of train_folds (its standard output), for the same records.

    train_folds -f ';' -d duration FILE.csv y logistic > folds.csv
    train_peers.py -d duration FILE.csv ';' y folds.csv

Prints for each method the mean of the areas of the folds, the area of all held-out values together, and the log-loss.
"""
import argparse

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

MISSING = ["Select", "unknown"]


def read(args):
    table = pd.read_csv(args.file, sep=args.delimiter, keep_default_na=False, na_values=[""] + MISSING)
    folds = pd.read_csv(args.folds)
    table = table.iloc[folds.record].reset_index(drop=True).drop(columns=[args.target] + args.drop)
    table = table.loc[:, (table.nunique() > 1) & (table.nunique() < 0.9 * len(table))]
    return table, folds


def show(name, folds, p):
    areas = [roc_auc_score(folds.outcome[folds.part == k], p[folds.part == k]) for k in sorted(folds.part.unique())]
    print(f"{name:32} fold AUC {np.mean(areas):.5f}  all {roc_auc_score(folds.outcome, p):.5f}  "
          f"log-loss {log_loss(folds.outcome, p):.5f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-d", "--drop", action="append", default=[])
    for name in ("file", "delimiter", "target", "folds"):
        parser.add_argument(name)
    table, folds = read(parser.parse_args())
    words = [c for c in table if table[c].dtype == object]
    numbers = [c for c in table if c not in words]
    text = table.copy()
    text[words] = text[words].fillna("?").astype(str)
    kinds = table.copy()
    for c in words:
        kinds[c] = kinds[c].astype("category")
    logistic = make_pipeline(
        make_column_transformer((make_pipeline(SimpleImputer(), StandardScaler()), numbers),
                                (OneHotEncoder(handle_unknown="ignore"), words)), LogisticRegression(max_iter=1000))
    boosting = {"early_stopping": False, "random_state": 0, "categorical_features": "from_dtype"}
    peers = {
        "LogisticRegression": (logistic, text),
        "HistGradientBoosting": (HistGradientBoostingClassifier(**boosting), kinds),
        "HistGradientBoosting, 50 of 4": (HistGradientBoostingClassifier(max_iter=50, max_depth=4, **boosting), kinds),
        "XGBoost, 60 of depth 4": (xgboost.XGBClassifier(enable_categorical=True, max_depth=4, learning_rate=0.1,
                                                         n_estimators=60, min_child_weight=5), kinds),
    }
    show("crm-train", folds, folds.p.to_numpy())
    for name, (method, data) in peers.items():
        p = np.zeros(len(folds))
        for k in folds.part.unique():
            held = (folds.part == k).to_numpy()
            p[held] = method.fit(data[~held], folds.outcome[~held]).predict_proba(data[held])[:, 1]
        show(name, folds, p)


if __name__ == "__main__":
    main()
