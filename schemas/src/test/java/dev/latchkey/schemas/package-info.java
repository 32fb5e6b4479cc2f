@NullMarked
package dev.latchkey.schemas;

import org.jspecify.annotations.NullMarked;
