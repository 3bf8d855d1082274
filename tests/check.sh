#!/usr/bin/env bash
# Style, types, import walls, sizes, migrations, templates, burden: all are run, then what failed is named.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()

check() {
  local name=$1
  shift
  echo "== $name"
  "$@" || failed+=("$name")
}

check "ruff check" ruff check .
check "ruff format" ruff format --check --quiet .
check "mypy" mypy
check "import walls" lint-imports
check "architecture" python -m pytest tests/architecture
check "system check" python -m config check --fail-level WARNING
check "migrations" python -m config makemigrations --check --dry-run
check "burden" python -m config burden check

if ((${#failed[@]})); then
  printf '没有通过 / failed: %s\n' "${failed[*]}"
  exit 1
fi
echo "全部通过 / all checks passed"
