# One OpenBao that keeps its data. Without TLS, because only the network of the compose file reaches it.
storage "file" {
  path = "/openbao/file"
}

listener "tcp" {
  address     = "0.0.0.0:8200"
  tls_disable = true
}
