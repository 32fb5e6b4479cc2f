@NullMarked
package dev.latchkey.embedded.process;

import org.jspecify.annotations.NullMarked;
