"""Runs the command as `python -m simulator.cli`."""

from simulator.cli import main

main(prog_name="simulator")
