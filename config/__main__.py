"""Let `python -m config …` be the same as `gongshu …`."""

from config.cli import main

main()
