"""Benchmarks: `make bench` for the server, `python -m bench.selection` for drawing."""
