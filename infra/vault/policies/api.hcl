# The api seals keys, fingerprints what it sealed, and has data keys made that it does not see. It can not open anything.
path "transit/encrypt/latchkey" {
  capabilities = ["update"]
}

path "transit/hmac/latchkey-fingerprint" {
  capabilities = ["update"]
}

path "transit/datakey/wrapped/latchkey-data" {
  capabilities = ["update"]
}

path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}
