#!/bin/sh
# Prints the newest Python from 3.11 on that is installed; nothing if there is none.
for name in python3 python3.13 python3.12 python3.11 python3.14; do
  path=$(command -v "$name" 2>/dev/null) || continue
  if "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "$path"
    exit 0
  fi
done
