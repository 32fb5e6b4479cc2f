# Workers open keys, and the data keys of users. They can not seal a key, nor make a data key.
path "transit/decrypt/latchkey" {
  capabilities = ["update"]
}

path "transit/decrypt/latchkey-data" {
  capabilities = ["update"]
}

path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}
