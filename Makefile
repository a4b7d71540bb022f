# Everything runs on plain pip and Python >= 3.11; only installing needs the network.
PYTHON ?= python3
PIP_FLAGS := --quiet --disable-pip-version-check

VENV := .venv
BIN := $(VENV)/bin
LEARN := .venv-learn/bin
CRISIS := examples/oravia

.PHONY: help install demo test test-web test-ray evals bench golden docs floors learn

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install $(PIP_FLAGS) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[dev,collect,web,pdf,scale]'
	@touch $(VENV)/.base $@

$(VENV)/.docs: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[docs]'
	@touch $(VENV)/.base $@

install: $(VENV)/.dev  ## Dragoman in .venv, with what the tests need

demo: $(VENV)/.base  ## read the example reports and show the board
	@$(BIN)/dragoman read $(CRISIS)/*.txt --dates $(CRISIS)/dates.tsv $(if $(wildcard $(CRISIS)/actors.tsv),--actors $(CRISIS)/actors.tsv)

test: $(VENV)/.dev  ## what a change must pass: lint, types, tests, fast floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
	$(BIN)/python -m evals.floors --fast

$(VENV)/.web-test: pyproject.toml $(VENV)/.dev
	$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[web-test]'
	@touch $(VENV)/.base $(VENV)/.dev $@

test-web: $(VENV)/.web-test  ## the pages in a real Chromium, which DRAGOMAN_CHROMIUM names or the PATH has
	$(BIN)/python -m pytest tests/browser --browser -rs

$(VENV)/.ray-test: pyproject.toml $(VENV)/.dev
	$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[ray]'
	@touch $(VENV)/.base $(VENV)/.dev $@

test-ray: $(VENV)/.ray-test  ## a run on Ray over two network namespaces, whose workers and nodes are killed
	$(BIN)/python -m pytest tests/scale/two_nodes.py -rs

evals: $(VENV)/.dev  ## measure everything again; slow, and needs the data that evals/DATA.md names
	$(BIN)/python -m evals.results

$(VENV)/.bench: pyproject.toml $(VENV)/.dev
	$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[bench]'
	@touch $(VENV)/.base $(VENV)/.dev $@

bench: $(VENV)/.bench  ## how fast Dragoman is here, against what the machine can do, and stage by stage
	$(BIN)/python -m bench
	$(BIN)/python -m pytest bench/stages.py --benchmark-sort=name --benchmark-columns=min,median,rounds

floors: $(VENV)/.dev  ## all floors, the slow ones too
	$(BIN)/python -m evals.floors

golden: $(VENV)/.dev  ## write the golden dossiers anew; read the diff
	PYTHONPATH=tests:. $(BIN)/python -m golden.rewrite

docs: $(VENV)/.docs  ## fill the generated parts of the documents
	PYTHONPATH=. $(BIN)/cog -r README.md docs/*.md

.venv-learn/.done: pyproject.toml
	$(PYTHON) -m venv .venv-learn
	$(LEARN)/python -m pip install $(PIP_FLAGS) -e '.[learn]'
	@touch $@

FROM ?= minilm

learn: .venv-learn/.done  ## make the reading model again; an hour on two cores, see learn/README.md
	for stage in prepare 'train --from $(FROM)' export typer roles evaluate 'evaluate --weights learn/build/reader.pt' card; do \
	  PYTHONPATH=src:. $(LEARN)/python -m learn.$$stage || exit; \
	done
