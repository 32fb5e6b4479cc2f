@NullMarked
package dev.latchkey.sealing;

import org.jspecify.annotations.NullMarked;
