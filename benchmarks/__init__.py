"""Benchmarks: how fast, how small and how right digitlens is, beside the usual way of doing it.

python -m benchmarks              measure everything, a few minutes; writes benchmarks/results.json
python -m benchmarks.preparation  what is left of digits in boxes, on ruled paper, in photos
python -m benchmarks --help       what can be measured alone, or in a short run
"""
