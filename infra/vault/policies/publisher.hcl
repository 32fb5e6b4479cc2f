# Upstream services open the data keys of users, to seal what they publish. They can not make one, nor open an API key.
path "transit/decrypt/latchkey-data" {
  capabilities = ["update"]
}

path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}
