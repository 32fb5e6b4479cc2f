# The rotator makes new versions of the master key and rewraps ciphertexts to them. It never sees a plaintext.
path "transit/keys/latchkey/rotate" {
  capabilities = ["update"]
}

path "transit/rewrap/latchkey" {
  capabilities = ["update"]
}

path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}
