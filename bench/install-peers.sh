#!/bin/sh
# Installs the peers of the comparison into .cache/bench: Portkey's gateway from npm, and LiteLLM's proxy where Python is there.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .cache/bench/portkey
echo '{"private": true}' > .cache/bench/portkey/package.json
npm install --prefix .cache/bench/portkey --no-save @portkey-ai/gateway@1.15.2
if command -v python3 >/dev/null 2>&1; then
  python3 -m venv .cache/bench/litellm
  .cache/bench/litellm/bin/pip install --quiet 'litellm[proxy]==1.106.2'
else
  echo 'no python3: LiteLLM is left out' >&2
fi
