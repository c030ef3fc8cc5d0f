"""Running the public benchmarks: their texts, and the figures of what a system says of them."""

from kg.evaluation.benchmarks import BENCHMARKS, Benchmark, open_benchmark
from kg.evaluation.datasets import DataSet
from kg.evaluation.rates import Rates, Table
from kg.evaluation.views import View, views_of_extractions, views_of_graph

__all__ = [
    "BENCHMARKS",
    "Benchmark",
    "DataSet",
    "Rates",
    "Table",
    "View",
    "open_benchmark",
    "views_of_extractions",
    "views_of_graph",
]
