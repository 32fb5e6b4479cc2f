#!/bin/sh
# Makes the OpenBao of docker-compose.yml usable: initializes it once, unseals it whenever it is sealed, applies infra/vault and
# lets the api, the agent-worker, whoever opens data keys and whoever rotates the master keys log in with the secret ids that they have. Can be run again at any time.
#
# FOR ONE MACHINE: the unseal key and the root token lie in /keys. A Vault that guards real keys is unsealed by people or a KMS.
set -eu

: "${VAULT_ADDR:?set VAULT_ADDR to the address of OpenBao}"
: "${LATCHKEY_API_VAULT_SECRET_ID:?set LATCHKEY_API_VAULT_SECRET_ID to the secret id that the api has}"
: "${LATCHKEY_WORKER_VAULT_SECRET_ID:?set LATCHKEY_WORKER_VAULT_SECRET_ID to the secret id that the agent-worker has}"
keys=${KEYS_DIR:-/keys}
setup=${SETUP:-/vault/setup.sh}
: "${LATCHKEY_PUBLISHER_VAULT_SECRET_ID:?set LATCHKEY_PUBLISHER_VAULT_SECRET_ID to the secret id of the pnl-worker and of upstream services}"
: "${LATCHKEY_ROTATOR_VAULT_SECRET_ID:?set LATCHKEY_ROTATOR_VAULT_SECRET_ID to the secret id of whoever rotates the master keys}"
umask 077

complain() {
    echo "openbao-init: $1" >&2
    exit 1
}

# Bodies and tokens reach curl through its standard input, not its arguments, which every user of the machine can read.
bao() {
    method=$1 path=$2 token=$3 body=${4:-}
    {
        printf 'header = "X-Vault-Token: %s"\n' "$token"
        [ -z "$body" ] || printf 'data = "%s"\n' "$(printf '%s' "$body" | sed 's/"/\\"/g')"
    } | curl --silent --show-error --fail --request "$method" --config - "$VAULT_ADDR/v1/$path"
}

# field NAME: the text of a field, or of the first element of a list, in a JSON object without line breaks
field() {
    tr -d '\n ' | sed -n "s/.*\"$1\":\[\{0,1\}\"\([^\"]*\)\".*/\1/p"
}

is() {
    bao GET sys/seal-status '' | tr -d ' ' | grep -q "\"$1\":true"
}

tries=0
until bao GET sys/seal-status '' >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || complain "OpenBao does not answer at $VAULT_ADDR"
    sleep 1
done

if ! is initialized; then
    made=$(bao POST sys/init '' '{"secret_shares": 1, "secret_threshold": 1}')
    printf '%s' "$made" | field keys >"$keys/unseal-key"
    printf '%s' "$made" | field root_token >"$keys/root-token"
    echo "openbao-init: initialized"
fi
[ -s "$keys/unseal-key" ] && [ -s "$keys/root-token" ] ||
    complain "OpenBao was initialized before, and its unseal key is not in $keys: unseal it by hand, or remove both volumes"
if is sealed; then
    bao POST sys/unseal '' "{\"key\": \"$(cat "$keys/unseal-key")\"}" >/dev/null
    echo "openbao-init: unsealed"
fi
root=$(cat "$keys/root-token")
VAULT_TOKEN=$root sh "$setup"

# identity ROLE SECRET-ID: lets a service log in; the role's id is its name
identity() {
    bao POST "auth/approle/role/$1/role-id" "$root" "{\"role_id\": \"$1\"}" >/dev/null
    if bao POST auth/approle/login '' "{\"role_id\": \"$1\", \"secret_id\": \"$2\"}" >/dev/null 2>&1; then
        echo "openbao-init: $1 can log in already"
        return
    fi
    bao POST "auth/approle/role/$1/custom-secret-id" "$root" "{\"secret_id\": \"$2\"}" >/dev/null
    echo "openbao-init: $1 can log in"
}

identity latchkey-api "$LATCHKEY_API_VAULT_SECRET_ID"
identity latchkey-worker "$LATCHKEY_WORKER_VAULT_SECRET_ID"
identity latchkey-publisher "$LATCHKEY_PUBLISHER_VAULT_SECRET_ID"
identity latchkey-rotator "$LATCHKEY_ROTATOR_VAULT_SECRET_ID"
