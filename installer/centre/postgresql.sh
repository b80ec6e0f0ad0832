#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the role and the database of the centre on a PostgreSQL of this machine (14 or later).
# Run it as a user who may administer PostgreSQL:   sudo -u postgres ./postgresql.sh
# Running it again changes nothing. The role logs in through the socket as the system user
# `samut` (peer), so there is no password that could be lost.
set -euo pipefail

role=${SAMUT_ROLE:-samut}
name=${SAMUT_DATABASE:-samut}
case $role$name in *[!a-z0-9_]*)
  echo "Names of the role and the database may have a-z, 0-9 and _ only." >&2
  exit 2
  ;;
esac

has() { [ "$(psql -X -d postgres -tAc "$1")" = 1 ]; }

has "SELECT 1 FROM pg_roles WHERE rolname = '$role'" ||
  psql -X -d postgres -qc "CREATE ROLE $role LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"
# Text is compared by its bytes: the merge needs no language, and indexes never change with one.
has "SELECT 1 FROM pg_database WHERE datname = '$name'" ||
  createdb --owner="$role" --encoding=UTF8 --locale=C --template=template0 "$name"
psql -X -d "$name" -q <<SQL
REVOKE ALL ON DATABASE $name FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO $role;
-- A commit that was answered has reached the disk. Nothing here may weaken that.
ALTER DATABASE $name SET synchronous_commit = on;
ALTER DATABASE $name SET idle_in_transaction_session_timeout = '60s';
SQL
echo "Database $name is ready for role $role."
