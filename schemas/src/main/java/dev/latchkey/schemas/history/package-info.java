/** What makes a history a chain. */
@NullMarked
package dev.latchkey.schemas.history;

import org.jspecify.annotations.NullMarked;
