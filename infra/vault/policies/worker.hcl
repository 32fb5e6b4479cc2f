# Workers open keys. They can not seal anything.
path "transit/decrypt/latchkey" {
  capabilities = ["update"]
}

path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}
