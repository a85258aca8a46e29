# digitlens: one word for each thing you do here. Each sets up what it uses.
#   make serve    the page and the API on http://127.0.0.1:8000
#   make test     all tests           make check   lint, types, formatting, import directions
#   make bench    speed and memory, beside the usual way of doing it
#   make train    train the network that ships

PYTHON ?= python3
SERVE := .venv-serve
DEV := .venv
OUT := src/digitlens/models/default
JS := src/digitlens/web/static/js tests/browser

.PHONY: serve test check format bench train clean

serve: $(SERVE)/ready
	$(SERVE)/bin/digitlens serve $(ARGS)

test: $(DEV)/ready
	$(DEV)/bin/python -m pytest --numprocesses 2 --dist loadscope $(ARGS)

check: $(DEV)/ready
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports
	$(DEV)/bin/python -m tests.check_javascript

format: $(DEV)/ready
	$(DEV)/bin/ruff check --fix .
	$(DEV)/bin/ruff format .

bench: $(DEV)/ready
	$(DEV)/bin/python -m benchmarks $(ARGS)

# Two networks, on a core each, in four parts; what was interrupted goes on.
RUNS ?= runs
STEP = { test -e $(RUNS)/$(1)-$(3)/run.json && how=--resume || how="--preset $(1) seed=$(3) $(2)"; \
	TF_NUM_INTRAOP_THREADS=1 $(DEV)/bin/digitlens train $$how --run $(RUNS)/$(1)-$(3); }
ALL = $(call STEP,best,,$(1)) && $(call STEP,polish,start=$(RUNS)/best-$(1),$(1)) && \
	$(call STEP,refine,start=$(RUNS)/polish-$(1),$(1)) && \
	$(call STEP,settle,start=$(RUNS)/refine-$(1),$(1))

train: $(DEV)/ready
	($(call ALL,1)) & one=$$!; ($(call ALL,2)) && wait $$one
	$(DEV)/bin/digitlens join $(RUNS)/settle-1 $(RUNS)/settle-2 --run $(RUNS)/compact-joined \
		--name compact --model-version 2 --out $(OUT)

clean:
	rm -rf $(DEV) $(SERVE) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(SERVE)/ready: pyproject.toml
	$(PYTHON) -m venv $(SERVE)
	$(SERVE)/bin/pip install --quiet --disable-pip-version-check --editable '.[serve]'
	touch $@

$(DEV)/ready: pyproject.toml
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
