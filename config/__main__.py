"""Let `python -m config …` be the same as `gongshu …`."""

from config.cli import main

if __name__ == "__main__":  # other processes started from here look at this module again
    main()
