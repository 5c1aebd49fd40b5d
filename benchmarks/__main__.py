import importlib
import os
import pkgutil
import sys
from pathlib import Path

import django
from django.test.utils import setup_test_environment


def main(only: list[str]) -> None:
    from benchmarks import subjects

    names = sorted(module.name for module in pkgutil.iter_modules(subjects.__path__))
    if unknown := set(only) - set(names):
        sys.exit(
            f"Nothing is called {', '.join(sorted(unknown))} in benchmarks/subjects. There are: {', '.join(names)}"
        )
    for name in only or names:
        engines.create_database()
        for figure in importlib.import_module(f"benchmarks.subjects.{name}").measure():
            print(figure, flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("ISNAD_VAR", str(Path(__file__).resolve().parents[1] / "var" / "bench"))
    django.setup()
    setup_test_environment(debug=False)
    from tests import engines

    engines.start(durable=True)
    try:
        main(sys.argv[1:])
    finally:
        engines.drop_database()
