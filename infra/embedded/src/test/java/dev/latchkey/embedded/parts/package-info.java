@NullMarked
package dev.latchkey.embedded.parts;

import org.jspecify.annotations.NullMarked;
