@NullMarked
package dev.latchkey.embedded.bench;

import org.jspecify.annotations.NullMarked;
