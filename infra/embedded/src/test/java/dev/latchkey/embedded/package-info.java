@NullMarked
package dev.latchkey.embedded;

import org.jspecify.annotations.NullMarked;
