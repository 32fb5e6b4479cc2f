@NullMarked
package dev.latchkey.sealing.vault;

import org.jspecify.annotations.NullMarked;
