#!/bin/sh
# Prepares a Vault or an OpenBao for Latchkey: the transit engine, its three keys, four policies and an AppRole for each.
# Needs curl. Can be run again: what is there already stays as it is, and a key of another kind than Latchkey needs is refused.
#
#   VAULT_ADDR=https://vault:8200 VAULT_TOKEN=... ./setup.sh
#
# The name of the key is in the policies too: with another LATCHKEY_TRANSIT_KEY they are adapted as they are sent.
set -eu

: "${VAULT_ADDR:?set VAULT_ADDR to the address of Vault}"
: "${VAULT_TOKEN:?set VAULT_TOKEN to a token that may mount engines and write policies}"
key="${LATCHKEY_TRANSIT_KEY:-latchkey}"
policies="$(dirname "$0")/policies"

# The token reaches curl through its standard input, not its arguments, which every user of the machine can read.
vault() {
    printf 'header = "X-Vault-Token: %s"\n' "$VAULT_TOKEN" |
        curl --silent --show-error --config - --output "$answer" --write-out '%{http_code}' "$@"
}

# require STATUS-PATTERN WHAT CURL-ARGUMENTS...
require() {
    wanted="$1" what="$2"
    shift 2
    status="$(vault "$@")"
    if ! printf '%s' "$status" | grep -Eq "^($wanted)$"; then
        printf 'setup: %s failed: status %s: %s\n' "$what" "$status" "$(cat "$answer")" >&2
        exit 1
    fi
    printf 'setup: %s\n' "$what"
}

put() {
    what="$1" path="$2" body="$3" wanted="${4:-200|204}"
    require "$wanted" "$what" --request POST --data "$body" "$VAULT_ADDR/v1/$path"
}

# transit_key NAME DERIVED: makes the key, or sees that the one that is there is of that kind, for Vault leaves it as it is
transit_key() {
    put "key $1" "transit/keys/$1" "{\"type\": \"aes256-gcm96\", \"derived\": $2}"
    require 200 "look at key $1" "$VAULT_ADDR/v1/transit/keys/$1"
    has '"type":"aes256-gcm96"' || refuse "$1 is not of type aes256-gcm96"
    has "\"derived\":$2" || case "$2" in
        true) refuse "$1 is not derived: what it seals would open for anybody" ;;
        *) refuse "$1 is derived, and fingerprints can not be made with it" ;;
    esac
}

has() {
    tr -d ' \n' <"$answer" | grep -qF "$1"
}

refuse() {
    printf 'setup: the key %s. It was there before; name others with LATCHKEY_TRANSIT_KEY.\n' "$1" >&2
    exit 1
}

mounted() {
    status="$(vault "$VAULT_ADDR/v1/sys/$1/$2/tune")"
    [ "$status" = 200 ]
}

policy() {
    escaped="$(sed -e "s|\\(transit/[a-z/]*/\\)latchkey|\\1$key|" -e 's/\\/\\\\/g' -e 's/"/\\"/g' "$policies/$1.hcl" |
        awk '{ printf "%s\\n", $0 }')"
    put "policy latchkey-$1" "sys/policies/acl/latchkey-$1" "{\"policy\": \"$escaped\"}"
}

role() {
    put "AppRole latchkey-$1" "auth/approle/role/latchkey-$1" \
        "{\"token_policies\": [\"latchkey-$1\"], \"token_no_default_policy\": true, \"token_period\": \"24h\"}"
}

answer="$(mktemp)"
trap 'rm -f "$answer"' EXIT

mounted mounts transit || put 'engine transit' sys/mounts/transit '{"type": "transit"}'
mounted auth approle || put 'auth method approle' sys/auth/approle '{"type": "approle"}'
transit_key "$key" true
transit_key "$key-data" true
transit_key "$key-fingerprint" false
for name in api worker publisher rotator; do
    policy "$name"
    role "$name"
done

cat <<END
setup: done. A service logs in with the ids of its role (LATCHKEY_VAULT_ROLE_ID, LATCHKEY_VAULT_SECRET_ID or _SECRET_ID_FILE):
  vault read auth/approle/role/latchkey-api/role-id
  vault write -f auth/approle/role/latchkey-api/secret-id
END
