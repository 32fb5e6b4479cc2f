# The rotator makes new versions of the two master keys, rewraps ciphertexts to them, fingerprints what came out, and in the end lets
# old versions open no more. It never sees a plaintext. Of a key's settings it can change this one only: none that would let the key out.
path "transit/keys/latchkey" {
  capabilities = ["read"]
}

path "transit/keys/latchkey/rotate" {
  capabilities = ["update"]
}

path "transit/keys/latchkey/config" {
  capabilities = ["update"]
  allowed_parameters = {
    "min_decryption_version" = []
  }
}

path "transit/rewrap/latchkey" {
  capabilities = ["update"]
}

path "transit/keys/latchkey-data" {
  capabilities = ["read"]
}

path "transit/keys/latchkey-data/rotate" {
  capabilities = ["update"]
}

path "transit/keys/latchkey-data/config" {
  capabilities = ["update"]
  allowed_parameters = {
    "min_decryption_version" = []
  }
}

path "transit/rewrap/latchkey-data" {
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
