/** How an API key is sealed for its owner, and opened again by those who may. Knows no technology. */
@NullMarked
package dev.latchkey.sealing;

import org.jspecify.annotations.NullMarked;
