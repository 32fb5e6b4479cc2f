@NullMarked
package dev.latchkey.streams;

import org.jspecify.annotations.NullMarked;
