# wegweiser: `make help` lists what there is. Needs Python 3.11 or later and make, nothing else.
PYTHON ?= python3
PYTEST_ARGS ?= -n auto --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help demo test bench mutate seeded schema overview fuzz format lock clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --no-input --disable-pip-version-check

# The extra `durable` has to be compiled; without it the plain agenda does the same.
DURABLE = if command -v $(CC) >/dev/null 2>&1; then \
	$(PIP) --no-build-isolation -r requirements-durable.lock 2>/dev/null || \
	echo 'wegweiser: durable-rules: not installed, the agenda runs without it' >&2; fi

# A copied or moved checkout, another PYTHON or a Python that has gone need a new .venv.
MADE_WITH := $(shell cat .venv/made-with 2>/dev/null && test -x $(BIN)/python)
WANTED := $(shell pwd) $(PYTHON)
ifneq ($(strip $(MADE_WITH)),$(strip $(WANTED)))
.PHONY: .venv/made-with
endif

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-14s %s\n' "$$name" "$$text"; done

demo: .venv/installed ## set up and check the example: a tolerated woman, a bakery, an apprenticeship
	@$(BIN)/wegweiser check examples/fatima.yaml

test: .venv/installed-dev ## set up, then linters, type checks, proofs about the rules and tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/wegweiser regeln pruefe
	$(BIN)/python -m pytest $(PYTEST_ARGS)

bench: .venv/installed-dev ## what a whole command and one evaluation cost
	@$(BIN)/python bench/commands.py
	@$(BIN)/python bench/evaluation.py
	@$(BIN)/python -m bench.caseload
	@$(BIN)/python -m bench.interview

mutate: .venv/installed-dev ## change every rule; some example has to notice (RULES=asylg_61 for some)
	@$(BIN)/python tests/mutation/mutate.py $(RULES)

seeded: .venv/installed-dev ## plant faults in the rules; proofs, examples, cases have to find 98 % (RULES=… for some)
	@$(BIN)/python tests/mutation/seeded.py $(RULES)

schema: .venv/installed-dev ## write the JSON Schemas for editors to docs/schema
	@$(BIN)/python -m wegweiser.cli.schema docs/schema

overview: .venv/installed-dev ## write the table of status and activity to docs/overview
	@$(BIN)/python -m wegweiser.cli.overview docs/overview/people.yaml docs/overview/taetigkeit.md

fuzz: .venv/installed-dev ## generated input, much longer than in `make test` (FUZZ_EXAMPLES=5000)
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m fuzz --hypothesis-profile=fuzz

format: .venv/installed-dev ## format the code and mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: .venv/made-with ## take the newest versions of all packages into the two lock files
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	"$(PYTHON)" -m venv "$$new/venv"; pip() { "$$new/venv/bin/python" -m pip --disable-pip-version-check "$$@"; }; \
	freeze() { pip freeze --all --exclude pip --exclude wegweiser; }; \
	pip install --quiet --upgrade setuptools; pip install --quiet --editable .; \
	freeze >"$$new/base"; \
	pip install --quiet --editable '.[dev]'; \
	freeze | grep -vxFf "$$new/base" >"$$new/dev"; \
	{ echo '# What wegweiser was tested with (`make lock` renews it); setuptools builds it.'; cat "$$new/base"; } >requirements.lock; \
	{ echo '# The tools of `make test`, beside what wegweiser itself needs.'; echo '-r requirements.lock'; cat "$$new/dev"; } >requirements-dev.lock

clean: ## remove everything that make made
	rm -rf .venv .dev build dist *.egg-info .hypothesis .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made-with:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
		echo 'wegweiser braucht Python 3.11 oder neuer; "$(PYTHON)" wurde nicht gefunden.' >&2; \
		echo 'wegweiser needs Python 3.11 or later; "$(PYTHON)" was not found.' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'wegweiser braucht Python 3.11 oder neuer; "$(PYTHON)" ist älter (ein anderes: make PYTHON=…).' >&2; \
		echo 'wegweiser needs Python 3.11 or later; "$(PYTHON)" is older (another one: make PYTHON=…).' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Diesem Python fehlt das Modul venv oder ensurepip (Debian, Ubuntu: Paket python3-venv).' >&2; \
		echo 'This Python lacks the module venv or ensurepip (Debian, Ubuntu: package python3-venv).' >&2; exit 1; }
	@echo 'wegweiser: .venv …' >&2
	@"$(PYTHON)" -m venv --clear .venv
	@echo '$(WANTED)' >$@

.venv/installed: .venv/made-with pyproject.toml requirements.lock requirements-durable.lock
	@echo 'wegweiser: pip install …' >&2
	@$(PIP) -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(DURABLE)
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@$(PIP) -r requirements-dev.lock
	@mkdir -p .dev
	@ln -sfn .. .dev/wegweiser
	@touch $@
