@NullMarked
package dev.latchkey.schemas.history;

import org.jspecify.annotations.NullMarked;
