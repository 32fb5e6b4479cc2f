@NullMarked
package dev.latchkey.api.keys;

import org.jspecify.annotations.NullMarked;
