@NullMarked
package dev.latchkey.api.rewrap;

import org.jspecify.annotations.NullMarked;
