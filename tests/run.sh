#!/usr/bin/env bash
# Every test: on SQLite, on PostgreSQL, in a browser. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python -m tests.run "$@"
