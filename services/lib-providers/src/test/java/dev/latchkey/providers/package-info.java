@NullMarked
package dev.latchkey.providers;

import org.jspecify.annotations.NullMarked;
