"""What this program is."""


def shown():
    "Not the program's text."
    print(__name__, __doc__, __package__, __debug__)


if __name__ == "__main__":
    shown()
__doc__ = 5
print(__doc__)
