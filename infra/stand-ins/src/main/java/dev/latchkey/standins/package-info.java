/** Stand-ins for the parts that a developer's machine may lack: Vault, the LLM providers, a token issuer. For development only. */
@NullMarked
package dev.latchkey.standins;

import org.jspecify.annotations.NullMarked;
