.DEFAULT_GOAL := help
.PHONY: help demo test check screens monkey bench kiosk central build self-check words sounds lock clean
PYTHON := .venv/bin/python
# Without a display SDL draws offscreen; a real kiosk refuses that (wingvoice-kiosk start).
OFFSCREEN := $(if $(DISPLAY),,SDL_VIDEODRIVER=offscreen) SDL_AUDIODRIVER=dummy

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: ## Set everything up and run the whole circle, from spreadsheet to reply, and an election; pictures land in demo-output/
	@.ci/set-up central
	@$(OFFSCREEN) $(PYTHON) -m tests.journeys.demo

# CI is unset: with it pytest explains two megabytes that differ byte by byte, for hours.
test: ## Set everything up and pass the tests
	@.ci/set-up develop
	@env -u DISPLAY -u CI SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy $(PYTHON) -m pytest -n auto --dist loadfile

check: ## Lint, format, types, the import law, and that no word is missing in any language
	@.ci/set-up develop
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PYTHON) -m tests.assets_build.make_catalogues check

screens: ## Draw every screen in every language, theme and size into demo-output/screens, and tell what does not fit
	@.ci/set-up develop
	@$(PYTHON) -m tests.gallery $(ARGS)

monkey: ## Let a monkey touch a real kiosk 20,000 times while its plug is pulled, and tell what it saw
	@.ci/set-up develop
	@$(PYTHON) -m tests.monkey $(ARGS)

screens-accept: ## Write the chosen set of screens as approved; only after somebody looked at them
	@.ci/set-up develop
	@$(PYTHON) -m tests.gallery --accept

bench: ## Print every figure beside its peer, measured in one run
	@.ci/set-up bench
	@$(OFFSCREEN) $(PYTHON) -m tests.benchmarks

kiosk: ## Open an interactive kiosk on the desktop with the example bundle
	@.ci/set-up central
	@$(PYTHON) -m tests.journeys.desktop

central: ## Serve the results page of the last demo on loopback
	@.ci/set-up central
	@test -d demo-output/central || { echo "There are no results yet: run 'make demo' first." >&2; exit 2; }
	@.venv/bin/wingvoice-central --home demo-output/central serve

build: ## Freeze the kiosk into dist/wingvoice-kiosk and let the frozen program check itself
	@.ci/set-up develop
	@env -u DISPLAY KIVY_NO_ARGS=1 KIVY_NO_FILELOG=1 KIVY_NO_CONSOLELOG=1 SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy KIVY_HOME=$(CURDIR)/build/kivy \
		.venv/bin/pyinstaller --noconfirm --log-level WARN build.spec
	@$(PYTHON) -m tests.assets_build.weigh dist/wingvoice-kiosk
	@$(MAKE) --no-print-directory self-check

self-check: ## Let the frozen kiosk prove itself: window, vault, bundle, and no way to central
	@env -u DISPLAY SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy dist/wingvoice-kiosk/wingvoice-kiosk self-check

words: ## Give every catalogue the sentences that the kiosk says; new ones are left to translate
	@.ci/set-up develop
	@$(PYTHON) -m tests.assets_build.make_catalogues

sounds: ## Speak those of the kiosk's own words that have no clip yet, into assets/sounds/
	@.ci/set-up develop
	@$(PYTHON) -m tests.assets_build.make_sounds

lock: ## Write the lock files again from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o kiosk.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra central pyproject.toml -o central.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra central --extra develop pyproject.toml -o develop.lock
	$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["bench"], sep="\n")' | \
		uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate - -o bench.lock

clean: ## Remove what was made: build, dist, demo-output, the environment
	rm -rf build dist demo-output .venv .venv-bench *.egg-info
