/** Sealing with the transit engine of HashiCorp Vault, OpenBao, or anything that speaks their HTTP API. */
@NullMarked
package dev.latchkey.sealing.vault;

import org.jspecify.annotations.NullMarked;
