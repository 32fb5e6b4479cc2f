# The api seals keys and fingerprints what it sealed. It can not open anything.
path "transit/encrypt/latchkey" {
  capabilities = ["update"]
}

path "transit/hmac/latchkey-fingerprint" {
  capabilities = ["update"]
}

path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}
