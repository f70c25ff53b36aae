"""Runs a command in a terminal, types a line at each hidden prompt, and prints what the terminal shows.

terminal.py COMMAND...; the lines to type are on standard input, and it exits as the command does.
"""

import os
import pty
import sys
import termios
import time


def wait_until_hidden(terminal):
    """The prompt comes a moment before the terminal stops to echo: too short for hands."""
    for _ in range(1000):
        if not termios.tcgetattr(terminal)[3] & termios.ECHO:
            return
        time.sleep(0.01)
    sys.exit("the prompt is not hidden")


answers = sys.stdin.read().splitlines()
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
shown = b""
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:  # Linux says so where others end the file.
        piece = b""
    if not piece:
        break
    shown += piece
    if answers and shown.endswith(b": "):
        wait_until_hidden(terminal)
        os.write(terminal, answers.pop(0).encode() + b"\n")
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
