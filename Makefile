# Two commands do all set-up: `make run` serves the portal, `make test` runs every check.
SHELL := /bin/sh
PYTHON3 ?= python3
PYTHON := .venv/bin/python
PORT ?= 8000
TEST_WORKERS ?= 2
export PORT

.PHONY: help setup run test lint types migrations browser pytest bench bench-import bench-search bench-data clean

help:
	@echo "make run    the portal on http://localhost:$(PORT) (PORT=… changes the port)"
	@echo "make test   lint, types, migrations and all tests"

setup:
	@uv="$$($(PYTHON3) .ci/get_uv.py)" && "$$uv" sync --locked --quiet

run: setup
	@exec $(PYTHON) manage.py start

test: setup browser lint types migrations pytest

lint:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types:
	.venv/bin/mypy .

migrations:
	ENVIRONMENT=test $(PYTHON) -W error manage.py makemigrations --check --dry-run

browser:
	@$(PYTHON) -m tests.browser.chromium

pytest:
	.venv/bin/pytest -n $(TEST_WORKERS) --dist loadgroup

# A database of its own: DB_NAME=wp_bench_100k make bench-data SIZE=100000
SIZE ?= 10000
bench-data: setup
	$(PYTHON) manage.py bench_data --size $(SIZE)

# Figures of the sizes that have a database, beside floors measured in the same run.
bench: setup
	$(PYTHON) manage.py bench
	DB_NAME=wp_bench_import $(PYTHON) manage.py bench --import 100000

# A file of so many rows; killed at half and gone on with.
bench-import: setup
	DB_NAME=wp_bench_import $(PYTHON) manage.py bench --import $(SIZE) --interrupt 0.5

bench-search: setup
	$(PYTHON) manage.py bench_zoeken

clean:
	-$(PYTHON) manage.py db stop --toch
	rm -rf .data .venv .tools media staticfiles

# Peers, networks, conversations and replies in a database of their own: DB_NAME=wp_bench_netwerk make bench-network
bench-network: setup
	$(PYTHON) manage.py bench_netwerk --fill
